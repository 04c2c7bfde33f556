/** A path of one step whose route has a few laws: what every council decides, a deed after it, and a notice after that. */
import type { PartyId } from '../../domain/ids.ts';
import type { Decision, Definition, Law, SessionRule, Task } from '../../domain/definition.ts';
import { type LawState, lawsOf } from '../../domain/law.ts';
import { World, allParties, at, contact, contactOf, coordinator, day, start } from './world.ts';

const task = (key: string, needs: string[], days: number, more: Partial<Task> = {}): Task => ({
  ...{ key, needs, days, reminders: 'task' },
  ...more,
});

const decision = (key: string, due: Decision['due'], more: Partial<Decision> = {}): Decision => ({
  ...{ key, needs: [], body: 'council', document: key, due, reminders: 'council' },
  ...more,
});

const definition = (laws: Law[]): Definition => ({
  ...start().definition,
  key: 'law',
  routes: [{ key: 'only', laws }],
  steps: [
    {
      key: 'only',
      needs: [],
      tasks: [
        task('draft', [], 10),
        task('deed', ['found'], 21),
        task('notice', ['deed'], 14),
        task('hand-in', ['deed'], 1, { kind: 'submission', due: { anchor: 'closesOn' } }),
      ],
      decisions: [
        decision('found', { anchor: 'statutesBy' }),
        decision('accept', { anchor: 'statutesBy' }, { body: 'assembly', reminders: 'once' }),
      ],
    },
  ],
});

/** A path under some laws; each council has exactly the sessions that are given, in the order of `allParties`. */
export function lawWorld(laws: Law[], sessions: string[][], from = '2031-01-06', dates = {}): World {
  const parties = allParties.slice(0, sessions.length);
  return new World(
    at(from),
    start({
      definition: definition(laws),
      route: 'only',
      dates,
      parties: parties.map((party, index) => ({
        party,
        contact: contact(party),
        sessions: { council: { dates: (sessions[index] ?? []).map(day), rule: never } },
      })),
    }),
  );
}

/** A pattern without any day: what is not entered is not there. */
const never: SessionRule = {
  every: 'month',
  nth: 1,
  weekday: 1,
  exceptMonths: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
};

export function ask(world: World, on: string, item = 'found'): World {
  return world.tell('request', { decision: item }, coordinator, at(on));
}

type Answered = 'approved' | 'rejected' | 'scheduled' | 'approved-with-changes';

/** What a council said on the evening of a session, or of a planned one on the day itself. */
export function says(world: World, party: PartyId, answer: Answered, on: string, said = on): World {
  const changes = answer === 'approved-with-changes' ? { changes: 'artikel 3' } : {};
  const data = { party, decision: 'found', answer, on: day(on), ...changes };
  return world.tell('answer', data, contactOf(party), at(said, 21 * 60));
}

/** The adjournment of a session to a later one. */
export const adjourns = (world: World, party: PartyId, held: string, to: string): World =>
  world.tell(
    'answer',
    { party, decision: 'found', answer: 'adjourned', on: day(held), to: day(to) },
    contactOf(party),
    at(held, 21 * 60),
  );

/** `at-risk tight 2031-11-17..2032-01-14 nis:23050`: the one law of a path at noon of a day. */
export function seen(world: World, on: string): string {
  const [found] = lawsOf(world.state, at(on));
  if (found === undefined) throw new Error('no law');
  const days = found.from === undefined && found.until === undefined ? [] : [span(found)];
  return [found.status, found.finding, ...days, ...found.blockers].join(' ');
}

const span = ({ from, until }: LawState): string => `${from ?? ''}..${until ?? ''}`;
