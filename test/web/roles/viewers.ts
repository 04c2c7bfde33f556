/** Two regions with people of their own, and everybody who may look at one of them, both or none. */
import { asInstant, asLocalDate, asPathId, municipalityParty, type PartyId, type PathId } from '../../../domain/ids.ts';
import type { AccountRole } from '../../../store/accounts.ts';
import { formTokenFor } from '../../../client/web/security.ts';
import { type Harness, PATH, request, startPath, WEMMEL } from '../harness.ts';

export type Viewer =
  | 'nobody'
  | 'reader elsewhere'
  | 'reader'
  | 'coordinator elsewhere'
  | 'coordinator'
  | 'deputy'
  | 'consultant'
  | 'administrator';

export const ELSEWHERE = asPathId('zuidrand-2033');
const MACHELEN = municipalityParty('23047');

/** What is personal in each region: names, addresses and numbers that stand nowhere else. */
export const personal = {
  [PATH]: ['Ghysbrecht', 'ghysbrecht', 'Dhulst', 'dhulst', 'Xhonneux', 'xhonneux', '55 44 33', '554433'],
  [ELSEWHERE]: ['Vandevyvere', 'vandevyvere', 'Bultereys', 'bultereys', 'Cnockaert', 'cnockaert', '66 77 88', '667788'],
};

interface Seeing {
  role: AccountRole;
  email: string;
  /** The regions of which this viewer sees the people. */
  sees: PathId[];
  regions?: PathId[];
}

const seeing: Record<Exclude<Viewer, 'nobody'>, Seeing> = {
  'reader elsewhere': { role: 'reader', email: 'lezer-elders@example.org', sees: [], regions: [ELSEWHERE] },
  reader: { role: 'reader', email: 'lezer@example.org', sees: [], regions: [PATH] },
  'coordinator elsewhere': { role: 'coordinator', email: 'odette.vandevyvere@example.org', sees: [ELSEWHERE] },
  coordinator: { role: 'coordinator', email: 'leentje.ghysbrecht@example.org', sees: [PATH] },
  deputy: { role: 'coordinator', email: 'wannes.dhulst@example.org', sees: [PATH] },
  consultant: { role: 'consultant', email: 'consulent@example.org', sees: [PATH, ELSEWHERE], regions: [PATH] },
  administrator: { role: 'administrator', email: 'beheerder@example.org', sees: [PATH, ELSEWHERE] },
};

export const viewers = ['nobody', ...(Object.keys(seeing) as Exclude<Viewer, 'nobody'>[])] as const;

/** The words that no answer to a viewer may hold. */
export function hiddenFrom(viewer: Viewer): string[] {
  const sees = viewer === 'nobody' ? [] : seeing[viewer].sees;
  return [PATH, ELSEWHERE].filter((path) => !sees.includes(path)).flatMap((path) => personal[path] ?? []);
}

async function people(harness: Harness, path: PathId, party: PartyId, names: string[], phone: string): Promise<void> {
  const address = (name: string): string => `${name.toLowerCase().replace(' ', '.')}@example.org`;
  const [coordinator = '', deputy = '', contact = ''] = names;
  const person = (role: 'coordinator' | 'deputy-coordinator' | 'contact', name: string) =>
    harness.store.people.ensurePerson({
      ...{ path, role, name, email: address(name), phone },
      ...(role === 'contact' && { party }),
    });
  await harness.tell({ type: 'replace-contact', data: { party, person: await person('contact', contact) } }, path);
  const standIn = await person('deputy-coordinator', deputy);
  await harness.tell({ type: 'replace-coordinator', data: { person: standIn, role: 'deputy' } }, path);
  await harness.tell({ type: 'replace-coordinator', data: { person: await person('coordinator', coordinator) } }, path);
  await request(harness, 'declaration-of-intent', path);
}

/** What else is personal and belongs to a region (notes, calls) goes here, with a name of `personal` in it. */
export async function furnish(harness: Harness): Promise<void> {
  await startPath(harness.store, harness.paths);
  await startPath(harness.store, harness.paths, { id: ELSEWHERE, partnership: 'Zuidrand', parties: [MACHELEN] });
  await people(harness, PATH, WEMMEL, ['Leentje Ghysbrecht', 'Wannes Dhulst', 'Quirine Xhonneux'], '0499 55 44 33');
  const others = ['Odette Vandevyvere', 'Joke Bultereys', 'Flor Cnockaert'];
  await people(harness, ELSEWHERE, MACHELEN, others, '0499 66 77 88');
  for (const [path, [name = '']] of Object.entries(personal)) {
    await harness.store.calls.add({
      ...{ id: `call-${path}`, path: asPathId(path), concerns: [], account: 'account', author: name, via: 'web' },
      ...{ outcome: 'later', note: `${name} belt terug`, nextAction: 'bellen', nextOn: asLocalDate('2031-02-12') },
    });
  }
  for (const { role, email, regions = [] } of Object.values(seeing)) {
    const account = await harness.store.accounts.ensureAccount({ role, email, name: `Account ${role}` });
    await harness.store.accounts.setRegions(account.id, regions);
    if (role === 'administrator') await writeNotes(harness, account.id);
  }
}

async function writeNotes({ store }: Harness, account: string): Promise<void> {
  for (const [path, [name = '']] of Object.entries(personal)) {
    const note = { id: `note-${path}`, path: asPathId(path), account, author: 'Account', via: 'web' as const };
    await store.notes.add({ ...note, text: `${name} belt liever zelf.` });
  }
}

export interface Pass {
  /** The headers that let a viewer in. */
  headers: Record<string, string>;
  /** What a form of this viewer sends along, on the pages for who has signed in and on those for everybody. */
  formToken: string;
  visitorToken: string;
}

const VISITOR = 'the secret of a visitor';

/** A new session each time, since some requests end it; programs come with a token of their own. */
export async function passOf(harness: Harness, viewer: Viewer, isProgram: boolean): Promise<Pass> {
  const visitorToken = formTokenFor(VISITOR);
  const visitor = `regiopad_visitor=${encodeURIComponent(VISITOR)}`;
  if (viewer === 'nobody') return { headers: { cookie: visitor }, formToken: visitorToken, visitorToken };
  const { store } = harness;
  const { role, email } = seeing[viewer];
  const { id } = await store.accounts.ensureAccount({ role, email, name: '' });
  const expiresAt = asInstant(Date.parse(harness.now()) + 3_600_000);
  if (isProgram) {
    const { token } = await store.apiTokens.create({ account: id, name: 'Test', role, expiresAt });
    return { headers: { authorization: `Bearer ${token}` }, formToken: '', visitorToken };
  }
  const secret = await store.accounts.createWebSession(id, expiresAt);
  const cookie = `regiopad_session=${secret}; ${visitor}`;
  return { headers: { cookie }, formToken: formTokenFor(secret), visitorToken };
}
