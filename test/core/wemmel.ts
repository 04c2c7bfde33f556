/** What several tests tell and look at: the intent asked of Wemmel, and the mails about it. */
import { localTime } from '../../domain/dates.ts';
import type { PartyId } from '../../domain/ids.ts';
import type { Delivery, DeliveryOutcome } from '../../domain/message.ts';
import { type Fate, INTENT, type World, clock, contact, contactOf, day, deputy, intentOf, wemmel } from './world.ts';

export const ASKED = intentOf(wemmel);
export const [mine, deputies, coordinators] = [contact(wemmel), deputy(wemmel), 'test.1'];

/** A mail server that does something else for one person than taking the mail. */
export const to =
  (person: string, fate: DeliveryOutcome | Delivery): Fate =>
  (message) =>
    message.to === person ? fate : 'accepted';

/** Day, time, person and outcome of each attempt at mails of a kind, from a day on. */
export const attempts = (world: World, person: string, from = '2031-01-01'): string[] =>
  world.mails
    .filter(({ message, at: moment }) => message.to === person && moment >= from)
    .map(({ at: moment, outcome }) => `${localTime(moment).day} ${clock(moment)} ${outcome}`);

export const reject = (world: World): World =>
  world.tell(
    'answer',
    { party: wemmel, decision: INTENT, answer: 'rejected', on: day('2031-03-04') },
    contactOf(wemmel),
  );

export const say = (world: World, on: string, data: object, by = contactOf(wemmel)): World =>
  world.pass(on).tell('answer', { party: wemmel, decision: INTENT, ...data } as never, by);

export const move = (world: World, on: string, until: string, item = INTENT, party?: PartyId): World =>
  world.pass(on).tell('move-deadline', { item, to: day(until), reason: 'uitstel', ...(party && { party }) });

/** What was mailed about Wemmel's ask from a day on, but for receipts and news. */
export const reminded = (world: World, from: string, until: string): string[] =>
  world
    .pass(until)
    .told(ASKED, from)
    .filter((line) => !/ (receipt|answer-news|deadline-moved)/.test(line))
    .sort();
