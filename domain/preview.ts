/** What a command would change before it is said: which dates, which mails. What it shows is what then happens. */
import type { Command } from './commands.ts';
import { type MailLine, comingLines } from './coming.ts';
import { addDays, instantOf, latest, localDay } from './dates.ts';
import { decide } from './decide.ts';
import type { ItemKey } from './definition.ts';
import type { PathEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { askKey, type Instant, type LocalDate, type PartyId } from './ids.ts';
import { dateKey, decisionsOf, findAsk, namedDates } from './lookup.ts';
import { isWaiting } from './progress.ts';
import { type Refusal, isRefusal } from './refusals.ts';
import { decisionDue, schedule } from './schedule.ts';
import type { Actor, PathState } from './state.ts';
import { type WhatIf, compared } from './what-if.ts';

/** A date that counts: of the path or its round (`dates.closesOn`), a task or decision by its key, a decision for one party. */
export interface DatedKey {
  key: string;
  /** Of a decision for one party. */
  item?: ItemKey;
  party?: PartyId;
  on: LocalDate;
  /** The last session that makes it, and whether that follows from a pattern that nobody has confirmed. */
  lastSession?: LocalDate;
  assumed?: boolean;
}

export interface DeadlineChange {
  key: string;
  item?: ItemKey;
  party?: PartyId;
  from?: LocalDate;
  to?: LocalDate;
  lastSession?: { from?: LocalDate; to?: LocalDate; assumed: boolean };
}

/**
 * What a reader should know beside dates and mails.
 * date-kept: a date that was moved for this path stays where it is, whatever the newer round says;
 * task-gone: a task that is done exists no more; ask-gone: an open question exists no more;
 * approval-carried: an approval counts for the successor of a merger.
 */
export type PreviewNote =
  | { code: 'date-kept'; key: string; on: LocalDate; instead: LocalDate }
  | { code: 'task-gone'; task: ItemKey }
  | { code: 'ask-gone'; decision: ItemKey; party: PartyId }
  | { code: 'approval-carried'; decision: ItemKey; party: PartyId };

export interface Preview {
  events: PathEvent[];
  deadlines: DeadlineChange[];
  /** Mails that go out at once because of it. */
  atOnce: MailLine[];
  /** Mails of the time to come, when nobody says anything else: those that go out no more, and those that come with it. */
  gone: MailLine[];
  added: MailLine[];
  /** The last moment up to which mails were compared. */
  until: Instant;
  notes: PreviewNote[];
  /** What it does to the conditions of the round. */
  conditions: WhatIf;
}

/** Every date of a path, by its key. */
export function datesOf(state: PathState, now: Instant): DatedKey[] {
  const named = Object.entries(namedDates(state)).map(([name, on]) => ({ key: dateKey(name), on }));
  const { asks, tasks } = schedule(state, now);
  return [
    ...named,
    ...tasks.map(({ task, dueOn }) => ({ key: task, on: dueOn })),
    ...decisionsOf(state).map((decision) => ({ key: decision.key, on: decisionDue(state, decision) })),
    ...asks.map(({ key, decision, party, dueOn, lastSession, assumed }) => ({
      ...{ key, item: decision, party, on: dueOn, assumed },
      ...(lastSession && { lastSession }),
    })),
  ];
}

function changedDates(before: DatedKey[], after: DatedKey[]): DeadlineChange[] {
  const old = new Map(before.map((each) => [each.key, each]));
  const next = new Map(after.map((each) => [each.key, each]));
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((key) => {
    const [from, to] = [old.get(key), next.get(key)];
    const isMoved = from?.on !== to?.on;
    const isOther = from?.lastSession !== to?.lastSession;
    const { item, party } = to ?? from ?? {};
    if (!isMoved && !isOther) return [];
    const session = {
      ...(from?.lastSession && { from: from.lastSession }),
      ...(to?.lastSession && { to: to.lastSession }),
      assumed: (to ?? from)?.assumed === true,
    };
    return [
      {
        key,
        ...(item && { item }),
        ...(party && { party }),
        ...(from && { from: from.on }),
        ...(to && { to: to.on }),
        ...(isOther && { lastSession: session }),
      },
    ];
  });
}

const same = (line: MailLine): string => [line.on, line.to, line.kind, line.about, line.atOnce].join(' ');

/** The lines of the first that the second lacks, each as often as it is there. */
export function lacking(lines: MailLine[], others: MailLine[]): MailLine[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(same(line), (counts.get(same(line)) ?? 0) + 1);
  return lines.filter((line) => {
    const left = counts.get(same(line)) ?? 0;
    counts.set(same(line), left - 1);
    return left <= 0;
  });
}

function notesOf(before: PathState, after: PathState, events: PathEvent[]): PreviewNote[] {
  const kept = Object.entries(after.round?.dates ?? {}).flatMap(([name, instead]): PreviewNote[] => {
    const own = after.dates[name];
    const isOther = instead !== before.round?.dates[name] && own !== undefined && own !== instead;
    return isOther ? [{ code: 'date-kept', key: name, on: own, instead }] : [];
  });
  const keysOf = ({ definition }: PathState): Set<string> =>
    new Set(definition.steps.flatMap((step) => [...step.tasks, ...step.decisions].map(({ key }) => key)));
  const [had, has] = [keysOf(before), keysOf(after)];
  const tasks = Object.keys(before.tasks).filter((key) => had.has(key) && !has.has(key));
  const asks = Object.values(before.asks).filter((ask) => ask && isWaiting(ask) && !has.has(ask.decision));
  const carried = events.flatMap((event): PreviewNote[] => {
    if (event.type !== 'parties-merged') return [];
    const { carried: taken, into } = event.data;
    return taken.map(({ decision }) => ({ code: 'approval-carried', decision, party: into.party }));
  });
  return [
    ...kept,
    ...tasks.map((task): PreviewNote => ({ code: 'task-gone', task })),
    ...asks.flatMap((ask): PreviewNote[] =>
      ask === undefined ? [] : [{ code: 'ask-gone', decision: ask.decision, party: ask.party }],
    ),
    ...carried,
  ];
}

/** Mails are compared for so many days at least, and to so many days after the last deadline that changes. */
const AHEAD_DAYS = 56;
const AFTER_DAYS = 7;

/** Deadlines of what is asked of somebody by now: only those bring mails by themselves. */
function lastAsked(state: PathState, changes: DeadlineChange[]): LocalDate[] {
  const keys = new Set(changes.map(({ key }) => key));
  return decisionsOf(state).flatMap((decision) =>
    Object.values(state.parties).flatMap((party) => {
      const ask = party && findAsk(state, decision.key, party.id);
      const isChanged = ask !== undefined && isWaiting(ask) && keys.has(askKey(ask.decision, ask.party));
      return isChanged ? [decisionDue(state, decision, ask.party)] : [];
    }),
  );
}

/**
 * What would happen if somebody said a command now, or why it is refused. Mails are compared up to a moment: by default a
 * week after the last deadline that changes for a question that is out, and eight weeks at least.
 */
export function preview(
  before: PathState,
  command: Command,
  actor: Actor,
  now: Instant,
  until?: Instant,
): Preview | Refusal {
  const events = decide(before, command, actor, now);
  if (isRefusal(events)) return events;
  const after = events.reduce<PathState>(evolve, before);
  const deadlines = changedDates(datesOf(before, now), datesOf(after, now));
  const days = [...lastAsked(before, deadlines), ...lastAsked(after, deadlines)].map((day) => addDays(day, AFTER_DAYS));
  const last = latest([addDays(localDay(now), AHEAD_DAYS), ...days]) ?? localDay(now);
  const end = until ?? instantOf(last, 0);
  const [old, next] = [comingLines(before, now, end), comingLines(after, now, end)];
  const added = lacking(next, old);
  return {
    ...{ events, deadlines, gone: lacking(old, next), until: end },
    atOnce: added.filter((line) => line.atOnce),
    added: added.filter((line) => !line.atOnce),
    notes: notesOf(before, after, events),
    conditions: compared(before, after),
  };
}
