/** A path that runs goes on with a newer version of its round or of its definition. */
import { evolve } from '../evolve.ts';
import { type Definition, type Round, needsRound } from '../definition.ts';
import { concerned, conditionDates, findDecision, isOnRoute } from '../lookup.ts';
import { nextDue } from '../due.ts';
import type { Refusal } from '../refusals.ts';
import { schedule } from '../schedule.ts';
import type { Ask, PathState } from '../state.ts';
import { type Context, type Deciders, type Draft, checkDate, checkText, refuse } from './context.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isVersion = (version: unknown): boolean => Number.isInteger(version) && (version as number) >= 1;

/** Only who looks after rounds and definitions changes them for a path. */
const checkAdministrator = ({ actor }: Context): Refusal | undefined =>
  actor.kind === 'administrator' ? undefined : refuse('not-allowed', { needs: 'administrator' });

/** Everything is reckoned once with what is new: what fails here would fail in the path for good. */
function isSound({ state, actor, now }: Context, draft: Draft): boolean {
  try {
    const next = evolve(state, { seq: state.seq + 1, at: now, actor, ...draft });
    schedule(next, now);
    nextDue(next, now);
    conditionDates(next.round);
    return true;
  } catch {
    return false;
  }
}

/** Every date that the path counts from must still be there. */
function checkDates(present: Round, round: Round): Refusal | undefined {
  if (!isObject(round.dates)) return refuse('invalid-value', { field: 'dates' });
  const missing = Object.keys(present.dates).find((name) => !Object.hasOwn(round.dates, name));
  if (missing !== undefined) return refuse('invalid-value', { field: `dates.${missing}` });
  for (const day of Object.values<unknown>(round.dates)) {
    const wrong = checkDate(day);
    if (wrong) return wrong;
  }
  return undefined;
}

/** An answer that would count for nothing, or for a body that did not give it, under another definition. */
function lostAnswer(state: PathState, next: PathState): Ask | undefined {
  return Object.values(state.asks).find((ask) => {
    if (ask?.answer === undefined && ask?.status !== 'waived') return false;
    if (state.parties[ask.party]?.leftOn !== undefined || !isOnRoute(state, ask.decision)) return false;
    const before = findDecision(state, ask.decision);
    const after = findDecision(next, ask.decision);
    if (before === undefined || after === undefined || !isOnRoute(next, ask.decision)) return true;
    return before.body !== after.body || !concerned(next, after).includes(ask.party);
  });
}

/** A date that the newer definition counts from and that the path does not have: of its round, or given by itself. */
function missingDate({ round, dates }: PathState, definition: Definition): string | undefined {
  if (needsRound(definition)) return round === undefined ? 'round' : undefined;
  const given = Object.entries(definition.dates ?? {}).flatMap(([name, date]) => (date === 'given' ? [name] : []));
  const missing = given.find((name) => dates[name] === undefined);
  return missing === undefined ? undefined : `dates.${missing}`;
}

/** Bodies that were chosen for one party must still exist and decide at the same level. */
function lostBody(state: PathState, definition: Definition): string | undefined {
  const chosen = Object.values(state.parties).flatMap((party) => Object.values(party?.bodies ?? {}));
  return chosen.find(
    (body) => body !== undefined && definition.bodies[body]?.per !== state.definition.bodies[body]?.per,
  );
}

export const renewal: Deciders<'apply-round' | 'apply-definition'> = {
  'apply-round'(context, data) {
    const { round } = data;
    const present = context.state.round;
    const wrong = checkAdministrator(context) ?? checkText(data.reason, false);
    if (wrong) return wrong;
    if (!isObject(round) || !isVersion(round.version)) return refuse('invalid-value', { field: 'round' });
    if (round.key !== present?.key) return refuse('round-other', { round: present?.key ?? 'none' });
    if (round.version === present.version) return refuse('nothing-changed', { version: round.version });
    if (round.version < present.version) return refuse('round-not-newer', { version: present.version });
    const draft: Draft = { type: 'round-applied', data };
    const dates = checkDates(present, round);
    if (dates) return dates;
    return isSound(context, draft) ? [draft] : refuse('invalid-value', { field: 'round' });
  },

  /** Refused where an answer would be lost. Tasks that are done and gone are no loss. */
  'apply-definition'(context, data) {
    const { definition } = data;
    const { state } = context;
    const wrong = checkAdministrator(context) ?? checkText(data.reason, false);
    if (wrong) return wrong;
    if (!isObject(definition) || !isVersion(definition.version))
      return refuse('invalid-value', { field: 'definition' });
    if (definition.key !== state.definition.key)
      return refuse('definition-other', { definition: state.definition.key });
    if (definition.version === state.definition.version) {
      return refuse('nothing-changed', { version: definition.version });
    }
    if (definition.version < state.definition.version) {
      return refuse('definition-not-newer', { version: state.definition.version });
    }
    const draft: Draft = { type: 'definition-applied', data };
    if (!isSound(context, draft)) return refuse('invalid-value', { field: 'definition' });
    const { route } = state;
    if (route !== undefined && !definition.routes.some(({ key }) => key === route)) {
      return refuse('unknown-route', { route });
    }
    const missing = missingDate(state, definition);
    if (missing !== undefined) return refuse('invalid-value', { field: missing });
    const body = lostBody(state, definition);
    if (body !== undefined) return refuse('unknown-body', { body });
    const lost = lostAnswer(state, { ...state, definition });
    return lost === undefined
      ? [draft]
      : refuse('answers-would-be-lost', { decision: lost.decision, party: lost.party });
  },
};
