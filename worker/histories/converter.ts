/** How everything that speaks to Temporal writes and reads payloads: workers, clients, simulations. The one place that says so. */
import { join } from 'node:path';
import type { DataConverter } from '@temporalio/common';
import type { KeyRing } from '../key-file.ts';
import { createCodec } from './codec.ts';
import type { HistoryKeyError } from './key-error.ts';

/** Also a part of the workflow bundle (worker/bundle.ts). */
export const failureConverterPath = join(import.meta.dirname, '..', '..', 'workflows', 'failure-converter.ts');

/** @param report hears of what cannot be read, once for each key */
export const dataConverterOf = (keys: KeyRing, report?: (trouble: HistoryKeyError) => void): DataConverter => ({
  failureConverterPath,
  payloadCodecs: [createCodec(keys, report)],
});
