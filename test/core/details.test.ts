import { describe, expect, test } from 'vitest';
import { presentId, speaksFor } from '../../domain/details.ts';
import { asPersonId, type PersonId } from '../../domain/ids.ts';
import { type World, at, contact, contactOf, coordinator, day, deputy, INTENT, intentAsked, wemmel } from './world.ts';
import { ASKED, attempts, mine, to } from './wemmel.ts';

const corrected = asPersonId('test.20');
const party = (world: World) => world.state.parties[wemmel]!;
const change = (
  world: World,
  address: 'same' | 'other',
  from: PersonId = contact(wemmel),
  by = contactOf(wemmel),
): World => world.tell('change-details', { party: wemmel, from, to: corrected, address }, by);

describe('somebody who corrects the own details', () => {
  test('stays the contact: earlier links open, nothing is asked anew, and nobody is written to about a name', () => {
    const world = intentAsked().pass('2031-03-05');
    const before = party(world).linkGeneration;
    change(world, 'same').pass('2031-03-20');
    expect(party(world)).toMatchObject({ contact: corrected, linkGeneration: before });
    expect(speaksFor(party(world), contact(wemmel))).toBe(true);
    expect(world.told(ASKED).filter((line) => line.includes(corrected))).toEqual([]);
    expect(attempts(world, corrected)).toEqual([]);
  });

  test('at another address: the former and the new address and the coordinator hear of it at once', () => {
    const world = change(intentAsked().pass(at('2031-03-05', 600)), 'other').pass('2031-03-06');
    const told = world.mails.filter(({ message }) => message.items.some(({ type }) => type === 'details'));
    expect(told.map(({ message }) => [message.to, message.role])).toEqual([
      [mine, 'contact'],
      [corrected, 'contact'],
      [coordinator.personId, 'coordinator'],
    ]);
  });

  test('gets what was under way to the earlier address, once', () => {
    const world = intentAsked().pass(at('2031-03-04', 9 * 60 + 3), to(mine, 'deferred'));
    change(world, 'other').pass('2031-03-20');
    expect(world.told(ASKED)).toContain(`2031-03-04 ${corrected} request request`);
    expect(attempts(world, mine)).toEqual(['2031-03-04 09:03 deferred', '2031-03-04 09:03 accepted']);
    expect(attempts(world, corrected).map((line) => line.slice(-8))).toEqual(['accepted', 'accepted']);
  });

  test('may answer by the new id; by the earlier one, the path says no', () => {
    const world = change(intentAsked().pass('2031-03-05'), 'same');
    const answer = { party: wemmel, decision: INTENT, answer: 'scheduled', on: day('2031-05-20') } as const;
    expect(world.refusal({ type: 'answer', data: answer }, contactOf(wemmel))).toBe('not-allowed');
    world.tell('answer', answer, { ...contactOf(wemmel), personId: corrected });
    expect(world.state.asks[ASKED as keyof typeof world.state.asks]?.status).toBe('scheduled');
  });

  test('and back again is the first person, without going in circles', () => {
    const world = change(intentAsked().pass('2031-03-05'), 'same');
    const back = { party: wemmel, from: corrected, to: contact(wemmel), address: 'same' } as const;
    world.tell('change-details', back, { ...contactOf(wemmel), personId: corrected });
    expect(party(world).contact).toBe(contact(wemmel));
    expect(presentId(party(world), corrected)).toBe(contact(wemmel));
    expect(presentId(party(world), contact(wemmel))).toBe(contact(wemmel));
  });

  test('a deputy too, until another deputy is named: then the earlier ids open nothing', () => {
    const world = intentAsked().pass('2031-03-05');
    change(world, 'same', deputy(wemmel), { kind: 'contact', personId: deputy(wemmel), via: 'link' });
    expect(speaksFor(party(world), deputy(wemmel))).toBe(true);
    world.tell('replace-deputy', { party: wemmel, person: asPersonId('test.21') });
    expect([deputy(wemmel), corrected].some((person) => speaksFor(party(world), person))).toBe(false);
    world.tell('replace-deputy', { party: wemmel, person: deputy(wemmel) });
    expect(speaksFor(party(world), deputy(wemmel))).toBe(true);
    expect(speaksFor(party(world), corrected)).toBe(false);
  });

  test('of whom the coordinator makes somebody else: every earlier link stops', () => {
    const world = change(intentAsked().pass('2031-03-05'), 'other');
    world.tell('replace-contact', { party: wemmel, person: asPersonId('test.21') });
    expect(party(world).linkGeneration).toBe(2);
    expect([contact(wemmel), corrected].some((person) => speaksFor(party(world), person))).toBe(false);
  });
});
