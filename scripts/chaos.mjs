import { start } from './bootstrap.mjs';

start('scripts/chaos/main.ts', process.argv.slice(2), { endWithParent: true });
