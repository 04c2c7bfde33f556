import { start } from './bootstrap.mjs';

start('scripts/demo.ts', process.argv.slice(2), { endWithParent: true });
