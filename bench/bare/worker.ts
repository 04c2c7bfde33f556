/** A worker with nothing but default settings: `worker.ts ADDRESS NAMESPACE BUNDLE`. */
import { readFileSync } from 'node:fs';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { announceReady, stopWhenAsked } from '../../worker/lifecycle.ts';
import { exitWith } from '../../worker/setup-error.ts';
import { activities } from './activities.ts';
import { BARE_QUEUE } from './names.ts';

const [address = '', namespace = '', bundle = ''] = process.argv.slice(2);

try {
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') });
  const worker = await Worker.create({
    ...{ connection: await NativeConnection.connect({ address }), namespace, taskQueue: BARE_QUEUE, activities },
    workflowBundle: { code: readFileSync(bundle, 'utf8') },
  });
  const running = worker.run();
  stopWhenAsked(async () => {
    worker.shutdown();
    await running;
  });
  announceReady();
} catch (error) {
  exitWith(error);
}
