/**
 * `npm run bench -- [PART…] [--short] [--json FILE]`: every measurement beside its reference, in the same run. Each part is a process of its
 * own, so that none inherits the memory of another. Exits 1 when a ratio is far outside, never because of an absolute time.
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError, exitWith } from '../worker/setup-error.ts';
import { partNames } from './part-names.ts';
import { isFarOutside, type Row } from './row.ts';
import { tableOf } from './table.ts';

function settings() {
  const options = { short: { type: 'boolean', default: false }, json: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const unknown = positionals.filter((name) => !(partNames as readonly string[]).includes(name));
  if (unknown.length > 0)
    throw new SetupError(`there is no measurement ${unknown.join(', ')}: expected some of ${partNames.join(' ')}`);
  return { ...values, names: positionals.length > 0 ? positionals : partNames };
}

/** What a part prints last are its rows; all before it is for who waits. */
function measure(name: string, isShort: boolean): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, 'part.ts');
    const child = execFile(
      ...([process.execPath, [script, name, isShort ? 'short' : 'full'], { maxBuffer: 1e8 }] as const),
      (error, stdout) => {
        if (error) reject(new Error(`${name}: ${error.message}`));
        else resolve(JSON.parse(stdout) as Row[]);
      },
    );
    child.stderr?.pipe(process.stderr);
  });
}

try {
  const { names, short, json } = settings();
  const results: { part: string; rows: Row[] }[] = [];
  for (const part of names) {
    console.error(`${part} …`);
    results.push({ part, rows: await measure(part, short) });
  }
  const rows = results.flatMap((result) => result.rows);
  console.log(tableOf(rows));
  const machine = { node: process.version, cores: availableParallelism(), memoryGiB: Math.round(totalmem() / 2 ** 30) };
  if (json !== undefined)
    writeFileSync(json, `${JSON.stringify({ at: new Date().toISOString(), machine, short, results }, undefined, 2)}\n`);
  const far = rows.filter(isFarOutside);
  for (const { what } of far) console.error(`far outside its goal: ${what}`);
  process.exitCode = far.length > 0 ? 1 : 0;
} catch (error) {
  exitWith(error);
}
