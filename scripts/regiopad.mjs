#!/usr/bin/env node
import { start } from './bootstrap.mjs';

start('client/cli/main.ts', process.argv.slice(2));
