/** A demo whose regions do not live: histories that the core would not have made, mails to real people, a start that changes things. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillDemo } from '../../client/demo/fill.ts';
import { openDemoFolder } from '../../client/demo/folder.ts';
import { DEMO_DAY, DEMO_NOW, liveRegion } from '../../client/demo/live.ts';
import { demoRegions, type Phase } from '../../client/demo/regions.ts';
import { startRegions } from '../../client/demo/run.ts';
import { listMunicipalities } from '../../definitions/municipalities.ts';
import { localDay } from '../../domain/dates.ts';
import { asInstant, askKey, asPathId, municipalityParty } from '../../domain/ids.ts';
import { municipalities } from '../../domain/lookup.ts';
import { standingOf } from '../../domain/standing.ts';
import type { PathState } from '../../domain/state.ts';
import { replay } from '../../store/projection.ts';
import { openStore, type Store } from '../../store/store.ts';
import { Stack } from '../workflow/stack.ts';

/** Two years of nineteen regions take some twenty seconds of a processor; a machine may have other work. */
const PATIENCE_MS = 900_000;
const mailFrom = 'Regiopad <regiopad@example.org>';

let folder: string;
let store: Store;
const place = () => ({ dataDir: folder, storeLocation: join(folder, 'dossier.db'), mailFrom });
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regiopad-demo-'));
  await fillDemo(place(), () => undefined);
  store = await openStore(place().storeLocation);
}, PATIENCE_MS);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const stateOf = async (id: string): Promise<PathState> => (await store.snapshots.snapshot(asPathId(id)))!;
const statuses = (state: PathState, decision: string): string[] =>
  Object.values(state.asks).flatMap((ask) => (ask?.decision === decision ? [ask.status] : []));

/** What can be seen of each phase. */
const holds: Record<Phase, (state: PathState) => boolean> = {
  'on-course': (state) =>
    standingOf(state, DEMO_NOW).weight === 0 &&
    statuses(state, 'culture-plan').every((status) => status === 'approved'),
  waiting: (state) => statuses(state, 'culture-plan').includes('scheduled'),
  late: (state) => standingOf(state, DEMO_NOW).weight > 0,
  rejected: (state) => statuses(state, 'culture-plan').includes('rejected'),
  changed: (state) => statuses(state, 'culture-plan').includes('changed'),
  bounced: (state) => Object.keys(state.unreachable).length === 1 && state.undelivered.length === 1,
  paused: (state) => state.paused !== undefined,
  'just-started': (state) =>
    Object.keys(state.asks).length === 0 && municipalities(state).every(({ contact }) => contact === undefined),
  submitted: (state) => state.submission !== undefined && state.ending === undefined,
  refused: (state) => state.outcome?.outcome === 'refused' && state.ending !== undefined,
  stopped: (state) => state.ending?.outcome === 'stopped',
};

describe('the nineteen partnerships', () => {
  it('are those of the source, of real municipalities in one reference region, none of them twice', () => {
    expect(demoRegions.map(({ number }) => number)).toEqual(Array.from({ length: 19 }, (_each, index) => index + 1));
    const known = new Map(listMunicipalities().map((municipality) => [municipality.name, municipality]));
    for (const { id, municipalities: members } of demoRegions) {
      const regions = new Set(members.map((name) => known.get(name)?.region));
      expect([id, regions.size, regions.has(undefined)]).toEqual([id, 1, false]);
    }
    const all = demoRegions.flatMap((region) => region.municipalities);
    expect(new Set(all).size).toBe(all.length);
  });

  it('say which members are a choice, by their name and in a note', async () => {
    for (const { id, hasOwnMembers } of demoRegions) {
      const isChosen = hasOwnMembers !== true;
      const [note] = await store.notes.notesOf(asPathId(id));
      const { partnership } = (await store.paths.path(asPathId(id)))!;
      expect([id, partnership.endsWith(' (demo)'), note?.text.includes('gekozen')]).toEqual([id, isChosen, isChosen]);
    }
  });

  it.each(demoRegions)('$partnership is $phase', async ({ id, phase }) => {
    const state = await stateOf(id);
    expect(holds[phase](state)).toBe(true);
    expect(state.coordinator).toBeDefined();
  });

  it.each(demoRegions)(
    '$partnership has the state that its record gives, and one fate for each mail',
    async ({ id }) => {
      const path = asPathId(id);
      const events = await store.events.eventsOf(path);
      expect(replay(undefined, events)).toEqual(await stateOf(id));
      expect(events.every(({ at }) => at <= DEMO_NOW)).toBe(true);
      const mailed = events.flatMap((event) => (event.type === 'mail-attempted' ? event.data.results : []));
      const entries = await store.ledger.entriesOf(path);
      expect(new Set(entries.map(({ messageKey }) => messageKey))).toEqual(
        new Set(mailed.map(({ message }) => message.key)),
      );
      expect(entries.every(({ subject }) => subject !== '')).toBe(true);
      const facts = await store.ledger.factsOf(entries.map(({ messageId }) => messageId));
      const back = [...facts.values()].flat().filter(({ fact }) => fact === 'bounced');
      expect(back).toHaveLength(id === 'zender' ? 1 : 0);
    },
  );

  it('name nobody who exists: every address is below example.org', async () => {
    const people = await store.db.selectFrom('people').select('email').execute();
    const accounts = await store.accounts.accounts();
    for (const { email } of [...people, ...accounts]) expect(email).toMatch(/(?:^|\.|@)example\.org$/);
    expect(people.length).toBeGreaterThan(100);
  });

  it(
    'is lived the same each time, and filling the folder again changes nothing',
    async () => {
      const before = await store.db
        .selectFrom('events')
        .select(({ fn }) => fn.countAll().as('count'))
        .execute();
      await fillDemo(place(), () => expect.unreachable('it is filled already'));
      const again = await openStore(':memory:', { now: () => DEMO_NOW });
      for (const id of ['ginter', 'zender']) {
        const region = demoRegions.find((one) => one.id === id)!;
        const { events } = await liveRegion({ store: again, folder, mailFrom }, region);
        expect(JSON.parse(JSON.stringify(events))).toEqual(await store.events.eventsOf(asPathId(id)));
        // What is there already is left alone.
        await liveRegion({ store, folder, mailFrom }, region);
      }
      await again.close();
      expect(
        await store.db
          .selectFrom('events')
          .select(({ fn }) => fn.countAll().as('count'))
          .execute(),
      ).toEqual(before);
    },
    PATIENCE_MS,
  );

  it('has a day for each consultant, and each region one consultant', async () => {
    const consultants = (await store.accounts.accounts()).filter(({ role }) => role === 'consultant');
    const regions = await Promise.all(consultants.map(({ id }) => store.accounts.regionsOf(id)));
    expect(regions.flat().sort()).toEqual(demoRegions.map(({ id }) => id).sort());
  });
});

it('the calls that were logged are about what still deserves attention', async () => {
  for (const id of ['waas', 'leie-schelde']) {
    const [call] = await store.calls.callsOf(asPathId(id));
    const keys = standingOf(await stateOf(id), DEMO_NOW).concerns.map(({ key }) => key);
    expect(keys).toContain(call?.concerns[0]);
  }
});

describe('the folder', () => {
  it('keeps its clock, which begins in the hour after ten on the day of the demo', () => {
    const own = mkdtempSync(join(tmpdir(), 'regiopad-demo-folder-'));
    const began = Date.parse('2026-11-30T14:20:00Z');
    const { clockOffsetHours } = openDemoFolder(own, began);
    const now = began + clockOffsetHours * 3_600_000;
    expect(now - Date.parse(DEMO_NOW)).toBeGreaterThanOrEqual(0);
    expect(now - Date.parse(DEMO_NOW)).toBeLessThan(3_600_000);
    expect(localDay(asInstant(now))).toBe(DEMO_DAY);
    expect(openDemoFolder(own, began + 5 * 86_400_000).clockOffsetHours).toBe(clockOffsetHours);
    writeFileSync(join(own, 'demo.json'), '{');
    expect(() => openDemoFolder(own, began)).toThrow('begin the demo again');
    rmSync(own, { recursive: true });
  });

  it('is never one with real data', () => {
    const own = mkdtempSync(join(tmpdir(), 'regiopad-demo-folder-'));
    writeFileSync(join(own, 'dossier.db'), '');
    expect(() => openDemoFolder(own, Date.now())).toThrow('no demo');
    rmSync(own, { recursive: true });
  });

  it('holds the region files, for who wants to plan one', () => {
    const file = JSON.parse(readFileSync(join(folder, 'regios', 'co7.json'), 'utf8')) as { partnership: string };
    expect(file.partnership).toBe('CO7 (demo)');
  });
});

it(
  'each is a living path: it takes an answer, records it, and a second start leaves it as it is',
  async () => {
    const stack = await Stack.start(place().storeLocation);
    try {
      await stack.startWorker();
      const offset = Date.parse(DEMO_NOW) - Date.now();
      const states = await startRegions(stack.client, stack.store, offset);
      expect(states.filter(({ ending }) => ending === undefined)).toHaveLength(17);
      const dijk92 = states.find(({ id }) => id === 'dijk92')!;
      const lede = dijk92.parties[municipalityParty('41034')]!;
      const data = { party: lede.id, decision: 'culture-plan', answer: 'scheduled', on: '2032-02-23' } as const;
      const { seq } = await stack.paths.command(
        dijk92.id,
        {
          id: 'the-answer-of-lede',
          actor: { kind: 'contact', via: 'link', personId: lede.contact! },
          command: { type: 'answer', data: data as never },
        },
        60_000,
      );
      expect(seq).toBeGreaterThan(dijk92.seq);
      await stack.recorded(dijk92.id, seq);
      await startRegions(stack.client, stack.store, offset);
      const state = await stack.paths.state(dijk92.id, 60_000);
      expect(state.asks[askKey('culture-plan', lede.id)]?.status).toBe('scheduled');
    } finally {
      await stack.stop();
    }
  },
  PATIENCE_MS,
);
