/** `regiopad rounds`: what can be applied for, and when. */
import { listRounds, loadRound } from '../../definitions/load.ts';
import { table } from '../report/table.ts';
import { badFile } from './failure.ts';
import { print, printJson } from './output.ts';
import { checkFormat } from './plan.ts';

export function rounds(options: { format: string }): void {
  checkFormat(options.format, ['table', 'json']);
  const all = listRounds().map((key) => {
    const loaded = loadRound(key);
    if (!loaded.ok) throw badFile(loaded.problems);
    return loaded.value;
  });
  if (options.format === 'json') {
    printJson(all);
    return;
  }
  const names = [...new Set(all.flatMap(({ dates }) => Object.keys(dates)))];
  const head = ['round', 'version', 'status', ...names];
  print(
    table([
      head,
      ...all.map(({ key, version, status, dates }) => [
        key,
        String(version),
        status,
        ...names.map((name) => dates[name] ?? '-'),
      ]),
    ]),
  );
}
