/** One measurement in a process of its own: `part.ts NAME full|short`. Its rows are the only thing on its standard output. */
import type { Part } from './row.ts';

const [name = '', size = 'full'] = process.argv.slice(2);
const { default: run } = (await import(`./parts/${name}.ts`)) as { default: Part };
const rows = await run(size === 'short' ? 'short' : 'full', (line) => {
  console.error(`  ${line}`);
});
process.stdout.write(JSON.stringify(rows));
