/** A web application of its own, on samples that are kept in memory: the pages of the gallery are what it answers. */
import type { FastifyInstance } from 'fastify';
import { asInstant, asLocalDate, type Instant, type LocalDate, type PartyId, type PersonId } from '../../domain/ids.ts';
import { openStore, type Store } from '../../store/store.ts';
import { createPages, type Pages } from '../../templates/pages/render.ts';
import { createLinks } from '../../worker/links.ts';
import { type PathClient, UnavailableError } from '../path-client.ts';
import { createWebApp } from '../web/app.ts';
import { type GalleryDocument, galleryDocuments } from './documents.ts';
import { introduceSamples, type SampleName, type SamplePaths } from './sample-paths.ts';
import { createVisitor, type Visitor } from './visitor.ts';

export interface SampleWorld {
  paths: SamplePaths;
  /** The moment at which a page is looked at. */
  setTime: (at: string) => void;
  visitor: () => Visitor;
  /** The address of the link in a mail to the contact of a party, or to who is given. */
  link: (path: SampleName, party: PartyId, changed?: { person?: PersonId; expires?: LocalDate }) => Promise<string>;
  /** Of the one-time link to sign in, for who coordinates the samples or administers. */
  signInLink: (role: 'coordinator' | 'administrator' | 'stranger') => Promise<string>;
  /** Where a consultant switches the weekly digest off. */
  digestLink: () => Promise<string>;
  /** The keys of the sentences that were written since the last time that this was asked. */
  usedKeys: () => string[];
  documents: () => Promise<GalleryDocument[]>;
  close: () => Promise<void>;
}

const KEYS = { current: 'gallery', keys: { gallery: Buffer.alloc(32, 1).toString('base64url') } };
const HOUR = 3_600_000;
const emails = {
  coordinator: 'lore.vannuffel@noordrand.example.org',
  administrator: 'beheer@example.org',
  stranger: 'iemand@example.org',
  consultant: 'mia.wouters@example.org',
};

/** Nobody is told anything: whatever is sent meets the page for when that does not work now. */
const nobody: PathClient = {
  start: () => Promise.reject(new UnavailableError()),
  command: () => Promise.reject(new UnavailableError()),
  reopen: () => Promise.reject(new UnavailableError()),
  state: () => Promise.reject(new UnavailableError()),
};

export async function createSampleWorld(mailFolder: string, onPage?: (page: string) => void): Promise<SampleWorld> {
  let now = '2031-05-12T08:00:00.000Z' as Instant;
  const used = new Set<string>();
  const clock = (): Instant => now;
  const publicUrl = 'http://localhost:3000';
  const store = await openStore(':memory:', { now: clock });
  const links = createLinks({ keys: KEYS, publicUrl });
  const paths = await introduceSamples(store);
  const app = await createWebApp({
    ...{ store, links, clock, paths: nobody, patience: 1_000, config: { publicUrl } },
    pages: watchedPages(
      createPages('nl', (key) => used.add(key)),
      onPage,
    ),
    sendSignIn: () => Promise.resolve(),
    sendTestMail: () => Promise.resolve('accepted'),
    pingTemporal: () => Promise.resolve(),
    mailbox: { folder: mailFolder },
  });
  return {
    paths,
    setTime: (at) => {
      now = at as Instant;
    },
    visitor: () => createVisitor(app),
    async link(name, party, { person, expires = asLocalDate('2099-12-31') } = {}) {
      const state = paths[name];
      const { contact, linkGeneration: generation } = state.parties[party] ?? {};
      const to = person ?? contact;
      if (to === undefined || generation === undefined) throw new Error(`${name} has no contact for ${party}`);
      return `/m/${await links.contactToken({ path: state.id, party, person: to, generation, expires })}`;
    },
    signInLink: (role) => signInLink(store, role, now),
    async digestLink() {
      const mia = { role: 'consultant', email: emails.consultant, name: 'Mia Wouters' } as const;
      const { id } = await store.accounts.ensureAccount(mia);
      return (await links.digestUrl(id)).slice(publicUrl.length);
    },
    usedKeys: () => {
      const keys = [...used];
      used.clear();
      return keys;
    },
    documents: () => galleryDocuments(store, paths.asked, now),
    close: () => closeAll(app, store),
  };
}

const watchedPages = (pages: Pages, onPage?: (page: string) => void): Pages => ({
  ...pages,
  render: (page, frame, view) => {
    onPage?.(page);
    return pages.render(page, frame, view);
  },
});

async function signInLink(
  store: Store,
  role: Exclude<keyof typeof emails, 'consultant'>,
  now: Instant,
): Promise<string> {
  const account = await store.accounts.ensureAccount({
    ...{ role: role === 'administrator' ? role : 'coordinator', email: emails[role], name: 'Lore Van Nuffel' },
  });
  return `/aanmelden/${await store.accounts.createSignInToken(account.id, asInstant(Date.parse(now) + HOUR))}`;
}

async function closeAll(app: FastifyInstance, store: Store): Promise<void> {
  await app.close();
  await store.close();
}
