/** What a run showed, for a terminal and for a program. */
import { table } from '../../client/report/table.ts';
import { partNames } from './part.ts';
import { repeatsIn } from './repeats.ts';
import type { Outcome } from './run.ts';
import { isKept } from './verdict.ts';

/** Of what breaks a promise, or would without a good reason, so many lines are shown; `--json` has them all. */
const LINES = 5;

interface Spread {
  median: number;
  p95: number;
  most: number;
}

/** Undefined of nothing. */
function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return { median: at(0.5), p95: at(0.95), most: at(1) };
}

const inSeconds = (ms: number): string => (ms / 1000).toFixed(1);
const spreadText = (spread: Spread | undefined): string =>
  spread === undefined ? '-' : [spread.median, spread.p95, spread.most].map(inSeconds).join(' / ');

/** Plain data: what the terminal shows, and every broken promise. */
export function summaryOf({ settings, evidence, verdicts, took, lateMs }: Outcome) {
  const { strikes, answers, arrived, ledger, paths } = evidence;
  const acknowledged = answers.filter(({ fate }) => fate === 'acknowledged');
  const refused = answers.filter(({ fate }) => fate === 'refused');
  const kinds = partNames.flatMap((part) => {
    const mine = strikes.filter((strike) => strike.part === part);
    if (mine.length === 0) return [];
    const until = mine.map((strike) =>
      firstAfter(
        strike.at,
        acknowledged.map((answer) => answer.until),
      ),
    );
    return [
      {
        part,
        kills: mine.filter(({ how }) => how === 'kill').length,
        freezes: mine.filter(({ how }) => how === 'freeze').length,
        notBack: mine.filter(({ readyMs }) => readyMs === undefined).length,
        readyMs: spreadOf(mine.flatMap(({ readyMs }) => readyMs ?? [])),
        answeredMs: spreadOf(until.filter((ms) => ms !== undefined)),
      },
    ];
  });
  return {
    ...{ settings, took, strikes: kinds },
    answers: {
      acknowledged: acknowledged.length,
      refused: refused.length,
      open: answers.filter(({ fate }) => fate === 'open').length,
      tookMs: spreadOf(acknowledged.map(({ tookMs }) => tookMs)),
      pressedAgain: acknowledged.filter(({ presses }) => presses > 1).length,
      troubles: counted(answers.flatMap(({ troubles }) => troubles)),
      refusals: counted(refused.map(({ detail = '' }) => detail)),
    },
    mails: {
      sent: ledger.filter(({ outcome }) => outcome === 'accepted').length,
      arrived: arrived.length,
      repeats: repeatsIn(arrived),
      lateMs: spreadOf(lateMs),
    },
    events: paths.reduce((sum, { events, startedAt }) => sum + events.length - startedAt, 0),
    verdicts,
    isKept: isKept(verdicts),
  };
}

function firstAfter(at: number, moments: readonly number[]): number | undefined {
  const later = moments.filter((moment) => moment > at);
  return later.length === 0 ? undefined : Math.min(...later) - at;
}

const counted = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));

const listed = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([word, count]) => `${word} ${String(count)} times`)
    .join(', ') || 'none';

function firstOf(lines: readonly string[]): string[] {
  const more = lines.length - LINES;
  return [...lines.slice(0, LINES), ...(more > 0 ? [`and ${String(more)} more`] : [])].map(
    (line) => `          ${line}`,
  );
}

/** For a terminal. */
export function reportOf(outcome: Outcome): string {
  const { settings, took, strikes, answers, mails, events, verdicts } = summaryOf(outcome);
  const seconds = 'median / 95 % / most, in seconds';
  return [
    '',
    `${String(settings.paths)} paths, ${took.strikes.toFixed(0)} s of strikes, seed ${String(settings.seed)}, ${settings.embedded ? 'SQLite' : 'PostgreSQL'}; started in ${took.start.toFixed(0)} s, quiet ${took.settling.toFixed(0)} s after the last strike`,
    '',
    table([
      ['part', 'killed', 'frozen', 'serves again', 'an answer is noted again'],
      ...strikes.map(({ part, kills, freezes, notBack, readyMs, answeredMs }) => [
        ...[part, String(kills), String(freezes)],
        spreadText(readyMs) + (notBack > 0 ? ` (${String(notBack)} not back)` : ''),
        spreadText(answeredMs),
      ]),
    ]),
    `(${seconds})`,
    '',
    `answers   ${String(answers.acknowledged)} acknowledged, ${String(answers.pressedAgain)} of them pressed again; ${String(answers.refused)} refused, ${String(answers.open)} never answered`,
    `          from the button to the word: ${spreadText(answers.tookMs)}`,
    `          seen meanwhile: ${listed(answers.troubles)}`,
    ...(answers.refused > 0 ? [`          refused: ${listed(answers.refusals)}`] : []),
    `mails     ${String(mails.sent)} sent, ${String(mails.arrived)} arrived, ${String(mails.repeats)} of them again`,
    `          reminders after their minute: ${spreadText(mails.lateMs)}`,
    `record    ${String(events)} events`,
    '',
    ...verdicts.flatMap(({ promise, checked, broken, excused = [] }) => [
      `${broken.length === 0 ? 'kept  ' : 'BROKEN'}  ${promise} (${String(checked)})`,
      ...firstOf(broken),
      ...firstOf(excused),
    ]),
  ].join('\n');
}
