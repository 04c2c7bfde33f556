/**
 * How failures go into a history: their messages and stack traces as a payload, so that the codec of payloads encrypts these too.
 * Found by its path: by clients and workers (worker/histories/converter.ts), and as a part of the workflow bundle.
 */
import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
