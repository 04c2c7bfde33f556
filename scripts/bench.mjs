import { start } from './bootstrap.mjs';

start('bench/main.ts', process.argv.slice(2), { endWithParent: true });
