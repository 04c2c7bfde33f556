/** Replays recorded runs against workflow code: what a worker does that goes on with a path of an earlier release. */
import { join } from 'node:path';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type InjectedSinks,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { createCodec } from '../../worker/histories/codec.ts';
import { dataConverterOf } from '../../worker/histories/converter.ts';
import type { KeyRing } from '../../worker/key-file.ts';
import { inTheClear, type RecordedRun } from './histories.ts';
import type { SaidSinks, Saying } from './said.ts';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  // A history that fails is what some tests want.
  telemetryOptions: { logging: { forward: {}, filter: 'OFF' } },
});

const root = join(import.meta.dirname, '..', '..');
const nothing = (): void => undefined;
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** @param folder where `workflows/` is: by default the one of this repository */
export const bundleThatNotes = (folder = root): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({
    workflowsPath: join(folder, 'workflows', 'all.ts'),
    failureConverterPath: join(folder, 'workflows', 'failure-converter.ts'),
    workflowInterceptorModules: [join(import.meta.dirname, 'said.ts')],
    logger: quiet,
  });

export interface Replayed {
  run: RecordedRun;
  /** Why the code cannot go on with it. */
  error: Error | undefined;
  said: Saying[];
}

/** @param workflowBundle made by {@link bundleThatNotes} */
export async function replay(
  workflowBundle: WorkflowBundleWithSourceMap,
  keys: KeyRing,
  runs: readonly RecordedRun[],
): Promise<Replayed[]> {
  let said: Saying[] = [];
  const sinks: InjectedSinks<SaidSinks> = {
    said: { note: { fn: (_info, saying) => void said.push(saying), callDuringReplay: true } },
  };
  const replayed: Replayed[] = [];
  for (const run of runs) {
    said = [];
    let error: Error | undefined;
    try {
      const options = { workflowBundle, dataConverter: dataConverterOf(keys), sinks };
      await Worker.runReplayHistory(options, run.history, run.workflowId);
    } catch (thrown) {
      error = thrown as Error;
    }
    replayed.push({ run, error, said });
  }
  return replayed;
}

/** What a run said when it was recorded. */
export async function recordedSayings({ history }: RecordedRun, keys: KeyRing): Promise<Saying[]> {
  const { events } = await inTheClear(history, createCodec(keys));
  return (events ?? []).flatMap((event) => {
    const activity = event.activityTaskScheduledEventAttributes;
    const next = event.workflowExecutionContinuedAsNewEventAttributes;
    if (activity) return [{ to: activity.activityType?.name ?? '', words: wordsOf(activity.input?.payloads) }];
    if (next) return [{ to: 'next run', words: wordsOf(next.input?.payloads) }];
    return [];
  });
}

const wordsOf = (payloads: Payload[] | null | undefined): unknown[] =>
  (payloads ?? []).map((payload) => defaultPayloadConverter.fromPayload(payload));
