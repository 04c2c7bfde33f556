/** Every operation of the API. */
import type { Operation } from './operation.ts';
import { catalogueOperations } from './resources/catalogue.ts';
import { commandOperations } from './resources/commands.ts';
import { pathOperations } from './resources/paths.ts';
import { recordOperations } from './resources/record.ts';

export const operations: readonly Operation[] = [
  ...pathOperations,
  ...commandOperations,
  ...recordOperations,
  ...catalogueOperations,
];
