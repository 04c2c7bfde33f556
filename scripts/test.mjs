import { start } from './bootstrap.mjs';

start('scripts/test.ts', process.argv.slice(2));
