import { start } from './bootstrap.mjs';

start('scripts/supervisor.ts', process.argv.slice(2), { endWithParent: true });
