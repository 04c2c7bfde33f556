import { join } from 'node:path';
import { runSupervisor } from './supervisor/main.ts';

const root = join(import.meta.dirname, '..');

await runSupervisor({
  script: import.meta.filename,
  worker: join(root, 'worker', 'main.ts'),
  web: join(root, 'client', 'web', 'main.ts'),
});
