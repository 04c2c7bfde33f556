/** `regiopad status [ID]`: from the store, so it also answers while the server is away. */
import { conditionsOf } from '../../domain/conditions.ts';
import { nextDue } from '../../domain/due.ts';
import { localDay, offsetInstant } from '../../domain/dates.ts';
import { asInstant, asPathId, type Instant, type PartyId } from '../../domain/ids.ts';
import { lawsOf } from '../../domain/law.ts';
import { needsCall, openTasks, readyDecisions, stepStates } from '../../domain/progress.ts';
import { currentAsks } from '../../domain/lookup.ts';
import { schedule } from '../../domain/schedule.ts';
import type { PathState } from '../../domain/state.ts';
import type { Store } from '../../store/store.ts';
import { createTexts } from '../../worker/texts.ts';
import { briefLine } from '../report/law-lines.ts';
import { keyWriter, lawBrief } from '../report/plan-laws.ts';
import { conditionReports, conditionsTable } from '../report/conditions.ts';
import { table } from '../report/table.ts';
import { badInput, unknownPath } from './failure.ts';
import { print, printJson } from './output.ts';
import { checkFormat } from './plan.ts';
import { withStore } from './running.ts';
import { DEFAULT_WEEKS, statusMails, weeksOf } from './status-mails.ts';

export interface StatusOptions {
  format: string;
  /** A number of weeks; true for the usual one. */
  mails?: string | true;
}

export async function status(id: string | undefined, options: StatusOptions): Promise<void> {
  checkFormat(options.format, ['table', 'json']);
  const { mails } = options;
  const weeks = mails === undefined ? undefined : weeksOf(mails === true ? DEFAULT_WEEKS : mails);
  if (weeks !== undefined && id === undefined) throw badInput('--mails: expected the id of a path before it');
  await withStore((store, { clockOffsetMs }) => {
    const now = asInstant(Date.now() + clockOffsetMs);
    return id === undefined ? all(store, options.format) : one(store, id, options.format, now, weeks);
  });
}

async function all(store: Store, format: string): Promise<void> {
  const rows = await store.overview.overview();
  if (format === 'json') {
    printJson(rows);
    return;
  }
  if (rows.length === 0) {
    print('No path was started yet. Try: npx regiopad start examples/cultuur-noordrand.yaml');
    return;
  }
  const lines = rows.map((row) => [
    row.path,
    row.partnership,
    row.round?.key ?? '-',
    row.status,
    `${String(row.steps.done)}/${String(row.steps.total)}`,
    `${String(row.asks.approved)}/${String(row.asks.total)}`,
    String(row.asks.held),
    String(row.undelivered),
    offsetInstant(row.updatedAt).slice(0, 16),
  ]);
  print(
    table([
      ['id', 'partnership', 'round', 'status', 'steps', 'answers', 'to decide', 'undelivered', 'changed'],
      ...lines,
    ]),
  );
}

function facts(state: PathState, now: Instant, party: (id: PartyId) => string) {
  const due = state.ending === undefined ? nextDue(state, now) : undefined;
  return {
    id: state.id,
    seq: state.seq,
    outcome: state.ending?.outcome ?? (state.paused === undefined ? 'running' : 'paused'),
    steps: stepStates(state),
    asks: schedule(state, now).asks.filter(({ status: of }) => of !== 'not-open'),
    openTasks: openTasks(state).map(({ key }) => key),
    ready: readyDecisions(state).map(({ decision, readyOn }) => ({ decision: decision.key, readyOn })),
    toDecide: currentAsks(state).flatMap(({ key, ask }) => (needsCall(ask) ? [{ ask: key, status: ask.status }] : [])),
    laws: lawsOf(state, now).map((found) => lawBrief(found, keyWriter(party))),
    conditions: conditionReports(conditionsOf(state), party),
    next: due && { at: offsetInstant(due.at), mails: due.messages.map(({ kind, to }) => ({ kind, to })) },
  };
}

async function one(store: Store, id: string, format: string, now: Instant, weeks?: number): Promise<void> {
  const state = await store.snapshots.snapshot(asPathId(id));
  if (state === undefined) throw unknownPath(id);
  if (weeks !== undefined) {
    statusMails(state, now, weeks, format);
    return;
  }
  const texts = createTexts()(state.definition.key, state.topic);
  const known = facts(state, now, (party) => texts.party(party));
  if (format === 'json') {
    printJson(known);
    return;
  }
  const day = (text: string | undefined): string => text ?? '-';
  print(`${id}: ${known.outcome}, event ${String(known.seq)}, ${localDay(now)}`);
  print('');
  print(
    table([
      ['step', 'status', 'done'],
      ...known.steps.map(({ step, status: of, done, total }) => [step, of, `${String(done)}/${String(total)}`]),
    ]),
  );
  if (known.asks.length > 0) {
    print('');
    print(
      table([
        ['party', 'decision', 'status', 'next session', 'last session', 'cut-off', 'due', 'risk'],
        ...known.asks.map((ask) => [
          texts.party(ask.party),
          ask.decision,
          ask.status,
          day(ask.nextSession),
          day(ask.lastSession),
          day(ask.lastCutoff),
          ask.dueOn,
          ask.risk,
        ]),
      ]),
    );
  }
  if (known.laws.length > 0) print(['', 'law', ...known.laws.map(briefLine)].join('\n'));
  if (known.conditions.length > 0) print(['', conditionsTable(known.conditions)].join('\n'));
  print('');
  print(`open tasks: ${known.openTasks.join(', ') || '-'}`);
  print(`ready to request: ${known.ready.map(({ decision }) => decision).join(', ') || '-'}`);
  print(`waiting for the coordinator's choice: ${known.toDecide.map(({ ask }) => ask).join(', ') || '-'}`);
  print(
    `next: ${known.next === undefined ? 'nothing is due' : `${known.next.at}, ${String(known.next.mails.length)} mails`}`,
  );
}
