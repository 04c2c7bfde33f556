/** Stories of a path: what people say, days that pass, and a mail server with moods. They reach deep states on purpose. */
import fc from 'fast-check';
import { attempted, clockActor, closed } from '../../domain/clockwork.ts';
import { type Command, type CommandType, type NewParty, administrative, returnReasons } from '../../domain/commands.ts';
import { addDays, localDay } from '../../domain/dates.ts';
import type { Definition, Round, Task } from '../../domain/definition.ts';
import { commandTypes, decide, numbered } from '../../domain/decide.ts';
import { nextDue } from '../../domain/due.ts';
import { currentAsks } from '../../domain/lookup.ts';
import { ordersOf } from '../../domain/mail-orders.ts';
import { decidedOn, isWaiting } from '../../domain/progress.ts';
import { type LocalDate, type PartyId, type PersonId, asInstant, asPartyId, asPersonId } from '../../domain/ids.ts';
import type { Delivery, DeliveryOutcome, Message } from '../../domain/message.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { type Actor, type Ask, type PathState, answerKinds } from '../../domain/state.ts';
import { orderData, orders, orderTypes } from './orders-said.ts';
import { World, administrator, allParties, at, bounces, contactOf, coordinator, roundOf } from './world.ts';

export const decisions = [
  'statement-of-commitment',
  'declaration-of-intent',
  'internal-rules',
  'extension',
  'representatives',
];
const newcomer = asPartyId('nis:23025');
export const parties: PartyId[] = [...allParties, newcomer, asPartyId('board')];
const oddities = ['nis:1', '__proto__', 'none'].map(asPartyId);

/** What somebody could say, sensible or not. Days are counted from the day on which it is said. */
export type Said = (state: PathState, today: LocalDate) => Command;

/** Most people speak about what they were asked: one of the asks that a command makes sense for, if there is one. */
function sensible(state: PathState, type: CommandType, whose: PartyId, what: string, pick: number) {
  const fits: Partial<Record<CommandType, (ask: Ask) => boolean>> = {
    answer: isWaiting,
    correct: (ask) => ask.answer !== undefined,
    'add-evidence': (ask) => ask.answer !== undefined,
    'record-complaint': (ask) => decidedOn(ask) !== undefined,
    'accept-changes': (ask) => ask.status === 'changed',
    'change-body': isWaiting,
  };
  const fit = fits[type];
  const asks = fit === undefined || pick % 10 === 0 ? [] : currentAsks(state).filter(({ ask }) => fit(ask));
  const ask = asks[pick % Math.max(asks.length, 1)]?.ask;
  return ask === undefined ? { party: whose, decision: what } : { party: ask.party, decision: ask.decision };
}

const around = (min: number, max: number) =>
  fc.integer({ min, max }).map((days) => (today: LocalDate) => addDays(today, days));
const held = around(-10, 0);
const planned = around(0, 90);
const oddDay = fc
  .constantFrom('2031-02-30', '', 'morgen', '9999-12-31', '2031-06-24')
  .map((text) => () => text as LocalDate);
const mostly = <Value>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 19, arbitrary: usual }, { weight: 1, arbitrary: odd });
const text = mostly(fc.constant('omdat'), fc.constantFrom('', '  ', 'x'.repeat(5000)));
const decision = mostly(fc.constantFrom(...decisions), fc.constantFrom('none', 'statutes'));
const party = mostly(fc.constantFrom(...allParties, ...allParties, newcomer), fc.constantFrom(...parties, ...oddities));

const answer = (type: 'answer' | 'correct'): fc.Arbitrary<Said> =>
  fc
    .tuple(party, decision, fc.constantFrom(...answerKinds), mostly(held, oddDay), planned, fc.nat(99), text)
    .map(([whose, what, kind, on, later, pick, words]) => (state, today) => ({
      type,
      data: {
        ...sensible(state, type, whose, what, pick),
        answer: kind,
        on: kind === 'scheduled' ? later(today) : on(today),
        ...(kind === 'adjourned' && pick % 2 === 0 && { to: later(today) }),
        changes: words,
        because: words,
      },
    }));

const rarely: CommandType[] = [
  'stop',
  'pause',
  'remove-party',
  'add-party',
  'merge-parties',
  'apply-round',
  'apply-definition',
  'choose-route',
];
/** Somebody new, or a municipality that may take part already. */
const successor = (pick: number, contact: PersonId): NewParty => ({
  party: pick % 2 === 0 ? newcomer : (allParties[pick % allParties.length] ?? newcomer),
  ...(pick % 3 > 0 && { contact }),
});

/** The next version, or now and then one that is not newer; its closing date lies some time from today, or where it was. */
const newerRound = (round: Round, day: LocalDate, pick: number): Round => ({
  ...round,
  version: round.version + (pick % 7 === 0 ? 0 : 1),
  dates: {
    ...round.dates,
    ...(pick % 2 === 0 && { closesOn: day }),
    ...(pick % 3 === 0 && { startsOn: addDays(round.dates['startsOn'] ?? day, pick) }),
  },
});

/** The next version: with other distances, and now and then without a decision or with one more task. */
const newerDefinition = ({ definition }: PathState, pick: number): Definition => ({
  ...definition,
  version: definition.version + (pick % 7 === 0 ? 0 : 1),
  steps: definition.steps.map((each, index) => ({
    ...each,
    tasks: index === 0 && pick % 3 === 0 ? [...each.tasks, extraTask(definition)] : each.tasks,
    decisions: each.decisions
      .filter(({ key }) => pick % 4 !== 0 || key !== decisions[pick % decisions.length])
      .map((decision) =>
        pick % 2 === 0 ? { ...decision, due: { ...decision.due, days: (decision.due.days ?? 0) + 10 } } : decision,
      ),
  })),
});

const extraTask = ({ version }: Definition): Task => ({
  key: `extra-${String(version)}`,
  needs: [],
  days: 20,
  reminders: 'task',
});

/** A mail to the contact or the deputy of somebody, as if it had been taken. */
function returned({ id, parties: all, coordinator: office }: PathState, whose: PartyId, pick: number, day: LocalDate) {
  const party = all[whose];
  const to = (pick % 3 === 0 ? party?.deputy : party?.contact) ?? office;
  return { key: `${id}/${to}/reminder/${day}`, to, why: returnReasons[pick % 5] ?? 'address' };
}

const apart = ['answer', 'correct', 'resume', 'reopen', ...rarely, ...orderTypes];
const steady = commandTypes.filter((type) => !apart.includes(type));
const tasks = ['intent-draft', 'extension-draft', 'internal-rules-draft', 'statutes-review', 'own-time', 'summary'];

const saying = (types: fc.Arbitrary<CommandType>): fc.Arbitrary<Said> =>
  fc
    .tuple(types, party, decision, mostly(planned, oddDay), text, fc.nat(99), fc.constantFrom(...tasks))
    .map(([drawn, anyone, anything, on, reason, pick, task]) => (state, today) => {
      const number = pick % 4;
      const isEnded = state.ending !== undefined;
      const type = isEnded ? 'reopen' : state.paused !== undefined && number > 1 ? 'resume' : drawn;
      const { party: whose, decision: what } = sensible(state, type, anyone, anything, pick);
      // Who coordinates and is also a contact has two ids.
      const block = type === 'replace-coordinator' ? parties.length : Math.max(parties.indexOf(whose), 0);
      const person = asPersonId(`test.${String(20 + block * 4 + number)}`);
      const data = {
        party: type === 'add-party' && number > 0 ? newcomer : whose,
        decision: type === 'waive' ? 'leisure-agreement' : what,
        reason,
        reference: reason,
        item: number === 0 ? 'closesOn' : number === 1 ? task : what,
        task,
        to: on(today),
        on: type.startsWith('record') ? today : on(today),
        person,
        contact: person,
        outcome: number < 2 ? 'granted' : 'refused',
        number: reason,
        route: state.route === 'continue-existing' ? 'new-project-association' : 'continue-existing',
        body: number === 0 ? 'council' : 'college',
        sessions: { council: { dates: [on(today), addDays(today, 40)] } },
        ...(type === 'request' && number > 0 && { textVersion: number, approvals: number > 1 ? 'ask-again' : 'keep' }),
        ...((type === 'remove-party' || type === 'add-party' || type === 'merge-parties') &&
          number > 1 && { approvals: { [what]: 'ask-again' } }),
        ...(type === 'merge-parties' && { parties: [whose, anyone], into: successor(pick, person) }),
        ...(type === 'apply-round' && { round: newerRound(roundOf(state), on(today), pick) }),
        ...(type === 'apply-definition' && { definition: newerDefinition(state, pick) }),
        ...(type === 'replace-coordinator' && { role: number > 1 ? 'deputy' : 'coordinator' }),
        ...(type === 'move-deadline' && number > 1 && { party: whose }),
        ...(type === 'change-details' && {
          from: state.parties[whose]?.[pick % 3 === 0 ? 'deputy' : 'contact'],
          to: person,
          address: number > 1 ? 'other' : 'same',
        }),
        ...(type === 'return-mail' && returned(state, whose, pick, today)),
        ...(type === 'confirm-address' && { person: Object.keys(state.unreachable)[0] ?? person }),
      };
      if (type === 'move-deadline' && number < 2) delete (data as { party?: PartyId }).party;
      if (type === 'change-party') (data as { contribution?: number }).contribution = 1000 * number;
      return { type, data } as unknown as Command;
    });

const others = saying(
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...steady) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<CommandType>(
        'request',
        'move-deadline',
        'replace-contact',
        'change-party',
        'record-decision',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom(...rarely) },
  ),
);
const changes = saying(
  fc.constantFrom<CommandType>(
    'move-deadline',
    'add-party',
    'remove-party',
    'merge-parties',
    'apply-round',
    'apply-definition',
  ),
);

const ordering: fc.Arbitrary<Said> = orders.map(([drawn, pick]) => (state, today) => {
  // What is held is soon sent or answered: now and then it is released first.
  const type = ordersOf(state).held.length > 0 && pick % 3 === 0 ? 'release-mail' : drawn;
  return { type, data: orderData(state, today, type, pick) } as Command;
});

/** Something that somebody says, often sensible: what changes dates and who takes part most of all. */
export const sayings: fc.Arbitrary<Said> = fc.oneof(answer('answer'), answer('correct'), others, changes);

/** What becomes of the messages of a batch, in turn. */
type Moods = Delivery[];
export type Step =
  | { do: 'say'; said: Said; who: 'coordinator' | 'contact' | 'administrator' }
  | { do: 'wait'; days: number }
  /** So many batches; a command may come while the last one is under way. */
  | { do: 'deliver'; batches: number; moods: Moods; meanwhile?: Said };

const moods: fc.Arbitrary<Moods> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Moods>([{ outcome: 'accepted' }]) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc.constantFrom<Delivery>(
        { outcome: 'accepted' },
        { outcome: 'accepted' },
        { outcome: 'deferred' },
        { outcome: 'deferred', trouble: 'server' },
        { outcome: 'refused', trouble: 'address' },
        { outcome: 'refused', trouble: 'content' },
        { outcome: 'unknown' },
      ),
      { minLength: 1, maxLength: 5 },
    ),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: answer('answer').map((said): Step => ({ do: 'say', said, who: 'contact' })) },
  { weight: 3, arbitrary: answer('answer').map((said): Step => ({ do: 'say', said, who: 'coordinator' })) },
  { weight: 2, arbitrary: answer('correct').map((said): Step => ({ do: 'say', said, who: 'coordinator' })) },
  { weight: 5, arbitrary: others.map((said): Step => ({ do: 'say', said, who: 'coordinator' })) },
  { weight: 1, arbitrary: others.map((said): Step => ({ do: 'say', said, who: 'administrator' })) },
  { weight: 4, arbitrary: ordering.map((said): Step => ({ do: 'say', said, who: 'coordinator' })) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 30 }).map((days): Step => ({ do: 'wait', days })) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 4 }), moods, fc.option(fc.oneof(answer('answer'), others), { freq: 4 }))
      .map(([batches, mood, said]): Step => ({
        do: 'deliver',
        batches,
        moods: mood,
        ...(said && { meanwhile: said }),
      })),
  },
);

export const stories = fc.array(step, { minLength: 8, maxLength: 70 });

export interface Sent {
  at: string;
  message: Message;
  before: PathState;
  outcome: DeliveryOutcome;
}

export interface Played {
  world: World;
  sent: Sent[];
  said: { type: string; isAccepted: boolean }[];
}

/** Who would say it when no contact does. */
export const office = ({ type }: Command): Actor =>
  type === 'return-mail' ? bounces : administrative.includes(type) ? administrator : coordinator;

/** Who would say it: the contact of the party by now, when a contact is to speak. */
function speaker(state: PathState, command: Command, who: 'coordinator' | 'contact' | 'administrator') {
  if (who === 'administrator') return administrator;
  if (command.type === 'return-mail') return bounces;
  const whose = 'party' in command.data ? command.data.party : undefined;
  if (who === 'coordinator' || whose === undefined || !allParties.includes(whose)) return coordinator;
  const person = state.parties[whose]?.contact;
  return person === undefined ? coordinator : { ...contactOf(whose), personId: person };
}

/** Plays a story from a path on which three decisions are open; every mail is kept with the state from which it went. */
export function play(story: Step[], watch: (world: World) => void = () => undefined): Played {
  const world = new World(at('2031-02-24')).finish('support', 'existing-cooperation', 'area', 'agreements');
  for (const task of ['legal-form-choice', 'intent-draft']) world.tell('complete-task', { task });
  world.tell('request', { decision: 'statement-of-commitment' }).tell('request', { decision: 'declaration-of-intent' });
  world.tell('request', { decision: 'representatives' });
  const played: Played = { world, sent: [], said: [] };
  const say = (said: Said, who: 'coordinator' | 'contact' | 'administrator'): void => {
    const command = said(world.state, localDay(world.now));
    const actor = office(command).kind === 'administrator' ? administrator : speaker(world.state, command, who);
    const outcome = decide(world.state, command, actor, world.now);
    played.said.push({ type: command.type, isAccepted: !isRefusal(outcome) });
    if (!isRefusal(outcome)) world.apply(outcome);
  };
  const deliver = (mood: Moods, meanwhile?: Said): void => {
    const due = nextDue(world.state, world.now);
    if (due === undefined) return;
    world.now = due.at;
    const before = world.state;
    const fates = new Map(due.messages.map(({ key }, index) => [key, mood[index % mood.length]]));
    const fateOf = (key: string): Delivery => fates.get(key) ?? { outcome: 'accepted' };
    for (const message of due.messages) {
      played.sent.push({ at: due.at, message, before, outcome: fateOf(message.key).outcome });
    }
    if (due.messages.length > 0 && meanwhile !== undefined) say(meanwhile, 'contact');
    const isClosing = due.messages.length === 0;
    const draft = isClosing ? closed(world.state) : attempted(due.messages, fateOf, due.at);
    world.apply(numbered(world.state, [draft], clockActor, due.at));
  };
  for (const next of story) {
    if (next.do === 'wait') world.now = asInstant(Date.parse(world.now) + next.days * 86_400_000 + 3_600_000);
    if (next.do === 'say') say(next.said, next.who);
    if (next.do === 'deliver')
      for (let batch = 1; batch <= next.batches; batch += 1)
        deliver(next.moods, batch === next.batches ? next.meanwhile : undefined);
    watch(world);
  }
  return played;
}
