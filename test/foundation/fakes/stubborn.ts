import { announceReady } from '../../../worker/lifecycle.ts';

// Stands for a worker that hangs: it ignores every request to end, but for the end of its parent.
setInterval(() => undefined, 60_000);
process.on('SIGTERM', () => undefined);
process.once('disconnect', () => process.exit(0));
announceReady();
