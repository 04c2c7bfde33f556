/** Answers that keep coming while things die: so many a second, each by somebody who is not answering at that moment. */
import { setTimeout as delay } from 'node:timers/promises';
import { linksExpireOn } from '../../activities/mail-context.ts';
import type { PartyId, PathId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import type { LinkMaker } from '../../worker/links.ts';
import type { Random } from './random.ts';
import { answer, type Told } from './visitor.ts';

export interface Answer extends Told {
  path: PathId;
  party: PartyId;
  reference: string;
  /** When the visit began, and when it ended. */
  since: number;
  until: number;
}

/** Somebody with a link. */
interface Contact {
  path: PathId;
  party: PartyId;
  token: string;
  address: string;
}

export interface Load {
  readonly answers: Answer[];
  /** Begins no more; resolves when those under way have ended, which they do after the patience at the latest. */
  end(patienceMs: number): Promise<void>;
}

export interface LoadOptions {
  webUrl: string;
  links: LinkMaker;
  states: readonly PathState[];
  perSecond: number;
  random: Random;
}

/** More people than this do not wait for one page at once. */
const MOST_UNDER_WAY = 30;

export async function startLoad({ webUrl, links, states, perSecond, random }: LoadOptions): Promise<Load> {
  const contacts = await contactsOf(states, links);
  const busy = new Set<Contact>();
  const answers: Answer[] = [];
  const visits = new Set<Promise<void>>();
  let isEnding = false;
  const over = new AbortController();
  let count = 0;

  const visit = async (contact: Contact): Promise<void> => {
    const { path, party, token, address } = contact;
    count += 1;
    const reference = `https://raad.example.org/besluiten/${String(count)}`;
    busy.add(contact);
    const since = Date.now();
    const told = await answer({ webUrl, token, address, reference, over: over.signal });
    busy.delete(contact);
    if (told !== undefined) answers.push({ ...told, path, party, reference, since, until: Date.now() });
  };
  const arrivals = async (): Promise<void> => {
    while (!isEnding) {
      const contact = contacts[random.below(contacts.length)];
      if (contact !== undefined && !busy.has(contact) && busy.size < MOST_UNDER_WAY) {
        const visiting = visit(contact);
        visits.add(visiting);
        void visiting.finally(() => visits.delete(visiting));
      }
      await delay((1_000 / perSecond) * (0.5 + random.next()));
    }
  };
  const arriving = arrivals();
  return {
    answers,
    async end(patienceMs) {
      isEnding = true;
      await arriving;
      const timer = setTimeout(() => {
        over.abort();
      }, patienceMs);
      await Promise.all(visits);
      clearTimeout(timer);
    },
  };
}

function contactsOf(states: readonly PathState[], links: LinkMaker): Promise<Contact[]> {
  const people = states.flatMap((state) =>
    Object.values(state.parties).flatMap((party) =>
      party?.contact === undefined ? [] : [{ state, party, person: party.contact }],
    ),
  );
  return Promise.all(
    people.map(async ({ state, party: { id: party, linkGeneration: generation }, person }, index) => ({
      ...{ path: state.id, party, address: `10.0.${String(index >> 8)}.${String(index & 255)}` },
      token: await links.contactToken({ path: state.id, party, person, generation, expires: linksExpireOn(state) }),
    })),
  );
}
