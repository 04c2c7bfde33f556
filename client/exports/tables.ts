/** The tables that can be taken out, by the names of their files. */
import { answers } from './tables/answers.ts';
import { deadlines } from './tables/deadlines.ts';
import { people } from './tables/people.ts';
import { regions } from './tables/regions.ts';
import type { TableSource } from './tables/source.ts';
import { calls, notes } from './tables/written.ts';

export const tableNames = ['regios', 'antwoorden', 'termijnen', 'personen', 'gesprekken', 'notities'] as const;
export type TableName = (typeof tableNames)[number];
export const isTableName = (text: string): text is TableName => (tableNames as readonly string[]).includes(text);

export const tables: Record<TableName, TableSource> = {
  regios: regions,
  antwoorden: answers,
  termijnen: deadlines,
  personen: people,
  gesprekken: calls,
  notities: notes,
};
