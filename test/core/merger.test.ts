/** Municipalities that join, leave and merge while a path runs. */
import { describe, expect, test } from 'vitest';
import type { Command } from '../../domain/commands.ts';
import { evolve } from '../../domain/evolve.ts';
import { asPartyId, asPersonId, askKey, type PartyId } from '../../domain/ids.ts';
import { municipalities } from '../../domain/lookup.ts';
import { preview } from '../../domain/preview.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { Ask, PathState } from '../../domain/state.ts';
import {
  INTENT,
  type World,
  asse,
  contactOf,
  coordinator,
  day,
  intentAsked,
  meise,
  wemmel,
  withIntent,
  zaventem,
} from './world.ts';

const successor = asPartyId('nis:23025');
const person = asPersonId('test.30');
const into = { party: successor, contact: person };
const reason = 'fusie op 1 januari';
const intent = ({ state }: World, party: PartyId): Ask | undefined => state.asks[askKey(INTENT, party)];
const later = (): World => intentAsked().pass('2031-06-25');
const say = (world: World, party: PartyId, answer: string, more: object = {}): World =>
  world.tell('answer', { party, decision: INTENT, answer, on: '2031-06-24', ...more } as never, contactOf(party));

describe('who joins', () => {
  test('gets every ask that the others have, and nobody else is asked again', () => {
    const world = say(later(), asse, 'approved').tell('add-party', { party: successor, contact: person });
    expect(intent(world, successor)).toMatchObject({ status: 'requested', attempt: 1, textVersion: 1 });
    expect(intent(world, asse)).toMatchObject({ status: 'approved', attempt: 1 });
  });

  test('makes everybody decide again on a new text, when the coordinator says so', () => {
    const world = say(later(), asse, 'approved');
    world.tell('add-party', { party: successor, contact: person, approvals: { [INTENT]: 'ask-again' } });
    for (const party of [asse, meise, successor]) {
      expect(intent(world, party)).toMatchObject({ status: 'requested', textVersion: 2 });
    }
    expect(intent(world, asse)?.attempt).toBe(2);
    expect(world.state.texts[INTENT]).toBe(2);
  });
});

test('who need not answer is not asked again when others are', () => {
  const world = intentAsked({ definition: withIntent({ optional: true }) });
  world.tell('waive', { party: wemmel, decision: INTENT, reason: 'doet niet mee' });
  world.tell('add-party', { party: successor, contact: person, approvals: { [INTENT]: 'ask-again' } });
  expect(intent(world, wemmel)?.status).toBe('waived');
  expect(intent(world, asse)).toMatchObject({ status: 'requested', textVersion: 2 });
});

describe('municipalities that merge', () => {
  const merged = (world: World, parties = [asse, meise], approvals = {}): World =>
    world.tell('merge-parties', { parties, into, reason, approvals });

  test('an approval that is taken over twice still says whose it was', () => {
    const world = [wemmel, asse, meise].reduce((next, party) => say(next, party, 'approved'), later());
    const last = asPartyId('nis:41002');
    merged(world).tell('merge-parties', { parties: [successor, wemmel], into: { party: last }, reason });
    expect(intent(world, last)).toMatchObject({ status: 'approved', carriedFrom: asse });
  });

  test('make way for their successor, who says so itself from then on', () => {
    const world = merged(later());
    expect(municipalities(world.state).map(({ id }) => id)).toEqual([wemmel, zaventem, successor]);
    expect(world.state.parties[asse]).toMatchObject({ leftOn: '2031-06-25', mergedInto: successor, linkGeneration: 2 });
    expect(world.refusal({ type: 'answer', data: {} as never }, contactOf(asse))).toBe('not-allowed');
    expect(world.state.parties[successor]).toMatchObject({ contact: person, joinedOn: '2031-06-25' });
  });

  test('what all of them approved counts, as the last of them said it', () => {
    const world = say(later(), asse, 'approved', { reference: 'GR/1' });
    world.pass('2031-06-26');
    merged(say(world, meise, 'approved', { reference: 'GR/2' }));
    const ask = intent(world, successor);
    expect(ask).toMatchObject({ status: 'approved', carriedFrom: meise, party: successor });
    expect(ask?.answer?.reference).toBe('GR/2');
    expect(world.events.filter(({ type }) => type === 'requested')).toHaveLength(1);
  });

  test.each([
    ['one of them had not answered', (world: World) => world],
    ['one of them planned a session', (world: World) => say(world, meise, 'scheduled', { on: '2031-06-30' })],
    ['one of them refused', (world: World) => say(world, meise, 'rejected')],
    ['one of them changed it', (world: World) => say(world, meise, 'approved-with-changes', { changes: 'bedrag' })],
  ])('the successor is asked when %s: nothing else is taken over in silence', (_when, then) => {
    const world = merged(then(say(later(), asse, 'approved')));
    expect(intent(world, successor)).toMatchObject({ status: 'requested', attempt: 1, textVersion: 1 });
    expect(intent(world, successor)?.answer).toBeUndefined();
    world.pass('2031-06-27');
    expect(world.told(`${INTENT}/${successor}`, '2031-06-26')).toEqual([`2031-06-26 ${person} request request`]);
  });

  test('all are asked again on a new text, when the coordinator says so', () => {
    const world = say(say(say(later(), asse, 'approved'), meise, 'approved'), wemmel, 'approved');
    merged(world, [asse, meise], { [INTENT]: 'ask-again' });
    expect(intent(world, successor)).toMatchObject({ status: 'requested', textVersion: 2 });
    expect(intent(world, wemmel)).toMatchObject({ status: 'requested', textVersion: 2, attempt: 2 });
  });

  test('one that takes part already can take over another: it is asked again only when that one had not approved', () => {
    const open = say(later(), wemmel, 'approved');
    open.tell('merge-parties', { parties: [asse], into: { party: wemmel, contribution: 9000 }, reason });
    expect(intent(open, wemmel)).toMatchObject({ status: 'requested', attempt: 2, textVersion: 1 });
    expect(open.state.parties[wemmel]).toMatchObject({ contribution: 9000, linkGeneration: 1 });
    const both = say(say(later(), wemmel, 'approved'), asse, 'approved');
    both.tell('merge-parties', { parties: [asse, wemmel], into: { party: wemmel }, reason });
    expect(intent(both, wemmel)).toMatchObject({ status: 'approved', attempt: 1 });
    expect(municipalities(both.state).map(({ id }) => id)).toEqual([meise, wemmel, zaventem]);
  });

  test('what a successor planned itself stays as it is', () => {
    const world = say(later(), wemmel, 'scheduled', { on: '2031-06-30' });
    world.tell('merge-parties', { parties: [asse], into: { party: wemmel }, reason });
    expect(intent(world, wemmel)).toMatchObject({ status: 'scheduled', attempt: 1 });
  });

  test('a successor that takes part gets another contact, whose predecessor can no longer answer', () => {
    const world = later().tell('merge-parties', { parties: [asse], into: { ...into, party: wemmel }, reason });
    expect(world.state.parties[wemmel]).toMatchObject({ contact: person, linkGeneration: 2 });
    expect(world.refusal({ type: 'answer', data: { party: wemmel } as never }, contactOf(wemmel))).toBe('not-allowed');
  });

  test('mails under way to who ended are called back', () => {
    const world = intentAsked().pass('2031-03-05', () => 'deferred');
    expect(Object.keys(world.state.retries).length).toBeGreaterThan(2);
    merged(world);
    expect(world.state.retries[asPersonId('test.2')]).toBeUndefined();
    const { length } = world.mails;
    world.pass('2031-04-30');
    expect(world.mails.slice(length).filter(({ message }) => message.to === 'test.2')).toEqual([]);
  });

  test('the preview says which approvals count for the successor', () => {
    const world = say(say(later(), asse, 'approved'), meise, 'approved');
    const command: Command = { type: 'merge-parties', data: { parties: [asse, meise], into, reason } };
    const shown = preview(world.state, command, coordinator, world.now);
    if (isRefusal(shown)) throw new Error(shown.code);
    expect(shown.notes).toEqual([{ code: 'approval-carried', decision: INTENT, party: successor }]);
  });

  test('the record alone gives the same path', () => {
    const world = merged(say(later(), asse, 'approved'));
    expect(world.events.reduce<PathState | undefined>(evolve, undefined)).toEqual(world.state);
    expect(world.state.parties[successor]?.joinedOn).toBe(day('2031-06-25'));
  });
});
