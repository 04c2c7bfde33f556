/** The two years that a demo region has behind it: lived by the core, without a server, and recorded as if it had been there. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblems } from '../../definitions/problem.ts';
import { readRegion, type Region } from '../../definitions/region.ts';
import { decide } from '../../domain/decide.ts';
import { evolve } from '../../domain/evolve.ts';
import type { PathEvent } from '../../domain/events.ts';
import { workingDayOnOrBefore } from '../../domain/calendar.ts';
import { addDays, instantOf, localDay } from '../../domain/dates.ts';
import { asLocalDate, type Instant, type PartyId } from '../../domain/ids.ts';
import type { DeliveryResult } from '../../domain/message.ts';
import { continueCourse, runCourse } from '../../domain/plan.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { Actor, PathState } from '../../domain/state.ts';
import type { Store } from '../../store/store.ts';
import { introduceRegion } from '../introduce.ts';
import { keepLedger, type SentMail } from './ledger.ts';
import { regionFile } from './region-file.ts';
import { type DemoRegion, nameOf } from './regions.ts';
import { scriptOf } from './script.ts';

/** Monday 16 February 2032, ten o'clock: six weeks before the round closes. The mails of that morning have left. */
export const DEMO_DAY = asLocalDate('2032-02-16');
export const DEMO_NOW: Instant = instantOf(DEMO_DAY, 10 * 60);
const STARTS_ON = '2031-01-06';
const START_MINUTES = 9 * 60;
/** What comes back does so an hour after the mails of its morning left. */
const BOUNCE_MINUTES = 11 * 60;
const mailSystem: Actor = { kind: 'system', via: 'mail' };

/** Where a demo is kept. */
export interface DemoPlace {
  store: Store;
  folder: string;
  /** The sender: the Message-ID of each mail follows from it. */
  mailFrom: string;
}

export interface LivedRegion {
  region: DemoRegion;
  state: PathState;
  events: PathEvent[];
}

/**
 * Lives a region up to the moment of the demo and keeps all of it in the store: people, events, mails. The same region gives the same
 * each time; what is there already is left alone. Its region file is kept below the folder, for who wants to plan or simulate it.
 */
export async function liveRegion({ store, folder, mailFrom }: DemoPlace, region: DemoRegion): Promise<LivedRegion> {
  const read = readBack(folder, region);
  const start = await introduceRegion(store, read);
  const from = instantOf(asLocalDate(region.startsOn ?? STARTS_ON), START_MINUTES);
  const partyOf = (name: string): PartyId => {
    const found = read.file.municipalities.find((municipality) => municipality.name === name);
    if (found === undefined) throw new Error(`${region.id} has no municipality ${name}`);
    return found.party;
  };
  const script = scriptOf(region.told ?? [], partyOf);
  const mails: SentMail[] = [];
  const watch = (state: PathState, event: PathEvent): void => {
    if (event.type !== 'mail-attempted') return;
    for (const { message, at } of event.data.results) mails.push({ message, at, state });
  };
  const until = region.bouncedAt === undefined ? DEMO_NOW : lastWorkingDay(BOUNCE_MINUTES);
  const lived = runCourse(start, from, until, script, watch);
  const [refused] = lived.refused;
  if (refused !== undefined) throw new Error(`${region.id} refuses ${refused.command}: ${refused.refusal.code}`);
  const { events } = lived;
  let { state } = lived;
  if (region.bouncedAt !== undefined) {
    const returned = bounced(state, events, partyOf(region.bouncedAt), until);
    state = returned.reduce<PathState>(evolve, state);
    // What the script says on certain days was said by then.
    const rest = continueCourse(state, until, DEMO_NOW, { ...script, answers: [], commands: [] }, watch);
    events.push(...returned, ...rest.events);
    ({ state } = rest);
  }
  await store.events.recordEvents(start.id, events);
  await keepLedger({ store, mailFrom, partnership: nameOf(region) }, events, mails);
  return { region, state, events };
}

function readBack(folder: string, region: DemoRegion): Region {
  const files = join(folder, 'regios');
  mkdirSync(files, { recursive: true });
  const file = join(files, `${region.id}.json`);
  writeFileSync(file, `${JSON.stringify(regionFile(region), undefined, 2)}\n`);
  const read = readRegion(file);
  if (!read.ok) throw new Error(formatProblems(read.problems));
  return read.value;
}

const lastWorkingDay = (minutes: number): Instant =>
  instantOf(workingDayOnOrBefore(addDays(localDay(DEMO_NOW), -1)), minutes);

/** The last mail to who speaks for a party comes back: nobody has that address any more. */
function bounced(state: PathState, events: readonly PathEvent[], party: PartyId, at: Instant): PathEvent[] {
  const to = state.parties[party]?.contact;
  const sent = events.flatMap((event): DeliveryResult[] => (event.type === 'mail-attempted' ? event.data.results : []));
  const last = sent.findLast(({ message }) => message.to === to);
  if (to === undefined || last === undefined) throw new Error(`${state.id} sent no mail to ${party}`);
  const data = { key: last.message.key, to, why: 'address' } as const;
  const outcome = decide(state, { type: 'return-mail', data }, mailSystem, at);
  if (isRefusal(outcome)) throw new Error(`${state.id} refuses return-mail: ${outcome.code}`);
  return outcome;
}
