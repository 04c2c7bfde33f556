/** Every operation of the API. */
import type { Operation } from './operation.ts';
import { callOperations } from './resources/calls.ts';
import { catalogueOperations } from './resources/catalogue.ts';
import { commandOperations } from './resources/commands.ts';
import { municipalityOperations } from './resources/municipalities.ts';
import { noteOperations } from './resources/notes.ts';
import { pathOperations } from './resources/paths.ts';
import { recordOperations } from './resources/record.ts';
import { startOperations } from './resources/start.ts';

export const operations: readonly Operation[] = [
  ...pathOperations,
  ...startOperations,
  ...commandOperations,
  ...recordOperations,
  ...noteOperations,
  ...callOperations,
  ...municipalityOperations,
  ...catalogueOperations,
];
