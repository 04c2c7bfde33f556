/**
 * Recorded histories of paths: what the releases left behind that workers of today may have to go on with. One file for each run,
 * `<workflow>.<run>.binpb.gz`, in a folder for each release: Temporal's own protobuf, gzipped. Payloads lie in the clear, since
 * ciphertext does not shrink and all people in it are invented; one path of each release stays as the server held it, with its keys beside it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { historyKeysOf } from '../../worker/histories/keys.ts';
import { type KeyRing } from '../../worker/key-file.ts';

export type { History };

const HistoryBytes = proto.temporal.api.history.v1.History;
const ENDING = '.binpb.gz';

/** Where they lie. */
export const HISTORIES = join(import.meta.dirname, 'histories');
/** The keys of the runs that stayed encrypted. */
export const KEYS_FILE = 'history-keys.json';

export interface RecordedRun {
  /** The name of its file, without the ending. */
  name: string;
  workflowId: string;
  history: History;
}

/** Without what says on which machine it was recorded, which no replay looks at. */
export function packed(history: History): Uint8Array {
  const copy = HistoryBytes.decode(HistoryBytes.encode(history).finish());
  forgetPlaces(copy);
  return gzipSync(HistoryBytes.encode(copy).finish(), { level: 9 });
}
export const unpacked = (bytes: Uint8Array): History => HistoryBytes.decode(gunzipSync(bytes));

/** The file of a run: `path/noordrand-2033`, 1 → `path-noordrand-2033.1.binpb.gz`. */
export const fileNameOf = (workflowId: string, run: number): string =>
  `${workflowId.replace('/', '-')}.${String(run)}${ENDING}`;

const workflowIdOf = (name: string): string => name.replace(/\.\d+$/, '').replace(/^path-/, 'path/');

/** The releases of which there are histories, oldest first. */
export const recordedReleases = (): string[] =>
  readdirSync(HISTORIES).toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }));

export function recordedRuns(release: string, folder = HISTORIES): RecordedRun[] {
  const files = readdirSync(join(folder, release)).filter((file) => file.endsWith(ENDING));
  return files.toSorted().map((file) => {
    const name = file.slice(0, -ENDING.length);
    const history = unpacked(readFileSync(join(folder, release, file)));
    return { name, workflowId: workflowIdOf(name), history };
  });
}

/** The keys of a release's encrypted runs. */
export function recordedKeys(release: string): KeyRing {
  const historyKeysFile = join(HISTORIES, release, KEYS_FILE);
  if (!existsSync(historyKeysFile)) throw new Error(`there are no keys beside the histories of ${release}`);
  return historyKeysOf({ dataDir: '', historyKeysFile });
}

/** The same history with every payload decoded, however deep. */
export async function inTheClear(history: History, codec: PayloadCodec): Promise<History> {
  const copy = HistoryBytes.decode(HistoryBytes.encode(history).finish());
  await decodeWithin(copy, codec);
  return copy;
}

const isPayload = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && 'metadata' in value && 'data' in value;

async function decodeWithin(value: unknown, codec: PayloadCodec): Promise<void> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  for (const [name, part] of Object.entries(value)) {
    if (isPayload(part)) (value as Record<string, unknown>)[name] = (await codec.decode([part]))[0];
    else await decodeWithin(part, codec);
  }
}

const PROCESS = /^\d+@/;

/** Names of machines and processes, and files in stack traces: also of failures whose words are a payload. */
function forgetPlaces(value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  const fields = value as Record<string, unknown>;
  for (const [name, part] of Object.entries(fields)) {
    if (name === 'encodedAttributes' && isPayload(part)) fields[name] = withoutStack(part);
    else if (typeof part === 'string' && PROCESS.test(part)) fields[name] = 'worker';
    else if (name === 'stackTrace') fields[name] = '';
    else forgetPlaces(part);
  }
}

function withoutStack({ metadata, data }: Payload): Payload {
  if (Buffer.from(metadata?.['encoding'] ?? []).toString() !== 'json/plain') return { metadata, data } as Payload;
  const words = JSON.parse(Buffer.from(data ?? []).toString()) as Record<string, unknown>;
  return { metadata, data: Buffer.from(JSON.stringify({ ...words, stack_trace: '' })) } as Payload;
}
