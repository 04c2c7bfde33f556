import { join } from 'node:path';
import { runSupervisor } from '../../../scripts/supervisor/main.ts';

// `npm start` with fake programs: the first argument names the worker's.
await runSupervisor({
  script: import.meta.filename,
  worker: join(import.meta.dirname, `${process.argv[2] ?? 'worker'}.ts`),
  web: join(import.meta.dirname, 'web.ts'),
});
