// Loaded into a process under test (NODE_OPTIONS=--import): when that says that it serves, the files that it has loaded by `require` stand in
// the file that REGIOPAD_TEST_LOADED names.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { cache } = createRequire(import.meta.url);
const send = process.send?.bind(process);
if (send !== undefined)
  process.send = (...message) => {
    writeFileSync(process.env.REGIOPAD_TEST_LOADED, Object.keys(cache).join('\n'));
    return send(...message);
  };
