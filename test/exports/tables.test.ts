/** A table that lacks a municipality, shows another region's people, or that a spreadsheet reads wrongly. */
import readWorkbook from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asLocalDate, asPathId } from '../../domain/ids.ts';
import type { AccountRole } from '../../store/accounts.ts';
import { ASSE, type Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL } from '../web/harness.ts';

const OTHER = asPathId('zuidrand-2033');
const INTENT = 'declaration-of-intent';
const PROOF = 'https://asse.example.org/besluiten/12';

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await startPath(harness.store, harness.paths, { id: OTHER, partnership: 'Zuidrand', coordinator: 'jo@example.org' });
  await request(harness, INTENT);
  const on = asLocalDate('2031-02-11');
  const said = { decision: INTENT, on } as const;
  await harness.tell({ type: 'answer', data: { ...said, party: ASSE, answer: 'approved', reference: PROOF } });
  await harness.tell({
    type: 'answer',
    data: { ...said, party: WEMMEL, answer: 'approved-with-changes', changes: '=1+1', reference: 'brief van An' },
  });
}, 60_000);
afterAll(() => harness.close());

async function signIn(role: AccountRole, email: string, regions: (typeof PATH)[] = []): Promise<Browser> {
  const { id } = await harness.store.accounts.ensureAccount({ role, email, name: 'Iemand' });
  await harness.store.accounts.setRegions(id, regions);
  return harness.signIn('coordinator', email);
}

interface Exported {
  table: string;
  columns: { key: string; title: string }[];
  rows: Record<string, string | number | boolean | null>[];
}

async function read(browser: Browser, address: string): Promise<Exported> {
  await browser.get(address);
  expect(browser.status).toBe(200);
  return JSON.parse(browser.html) as Exported;
}

describe('a table', () => {
  it('says of every municipality what it decided, and on what that rests', async () => {
    const { rows } = await read(await harness.signIn('coordinator'), `/uitvoer/antwoorden.json?pad=${PATH}`);
    const row = rows.find(({ nis, decision }) => nis === '23002' && decision === 'Intentieverklaring');
    expect(row).toMatchObject({ party: 'Asse', status: 'goedgekeurd', sessionOn: '2031-02-11', textVersion: 1 });
    expect(row).toMatchObject({ proof: PROOF, notedBy: 'Fien De Smet (coördinator)', isOnBehalf: false });
    expect(rows.filter(({ decision }) => decision === 'Intentieverklaring').length).toBe(3);
  });

  it('is the same in each format, with real days in a workbook', async () => {
    const browser = await harness.signIn('coordinator');
    const { rows, columns } = await read(browser, `/uitvoer/antwoorden.json?pad=${PATH}`);
    await browser.get(`/uitvoer/antwoorden.csv?pad=${PATH}`);
    expect(browser.headers['content-disposition']).toContain('antwoorden-noordrand-2033-2031-02-12.csv');
    const lines = browser.html.trimEnd().split('\r\n');
    expect(lines.length).toBe(rows.length + 1);
    expect(lines[0]).toBe(`\ufeff${columns.map(({ title }) => title).join(',')}`);
    expect(browser.html).toContain(",'=1+1,");
    await browser.get(`/uitvoer/antwoorden.xlsx?pad=${PATH}`);
    const [sheet] = await readWorkbook(Buffer.from(browser.bytes));
    expect(sheet!.sheet).toBe('Beslissingen en bewijs');
    expect(sheet!.data.length).toBe(rows.length + 1);
    const at = (key: string): number => columns.findIndex((column) => column.key === key);
    const asse = sheet!.data.find((row) => row[at('proof')] === PROOF)!;
    expect(asse[at('sessionOn')]).toEqual(new Date('2031-02-11T00:00:00Z'));
    expect(asse[at('textVersion')]).toBe(1);
    // Ten in the morning in Flanders.
    expect(asse[at('notedAt')]).toEqual(new Date('2031-02-12T10:00:00Z'));
    expect(sheet!.data.flat()).toContain("'=1+1");
  });

  it('has only the regions of who asks', async () => {
    const names = async (browser: Browser): Promise<unknown[]> =>
      (await read(browser, '/uitvoer/regios.json')).rows.map(({ partnership }) => partnership);
    expect(await names(await harness.signIn('coordinator'))).toEqual(['Cultuur Noordrand']);
    expect(await names(await signIn('consultant', 'consulent@example.org'))).toEqual(['Cultuur Noordrand', 'Zuidrand']);
    expect(await names(await signIn('reader', 'niets@example.org'))).toEqual([]);
  });

  it('is narrowed by round and reference region, as the overview is', async () => {
    const browser = await signIn('consultant', 'consulent@example.org');
    const count = async (query: string): Promise<number> =>
      (await read(browser, `/uitvoer/termijnen.json?${query}`)).rows.length;
    expect(await count('ronde=igs-cultuur-2033&regio=Halle-Vilvoorde')).toBeGreaterThan(20);
    expect(await count('ronde=igs-cultuur-2027')).toBe(0);
    expect(await count('regio=Kempen')).toBe(0);
    expect(await count('ronde=&regio=')).toBe(await count(''));
  });
});

describe('people', () => {
  it('are in a table for who may see them, one region at a time', async () => {
    const { rows } = await read(await harness.signIn('coordinator'), `/uitvoer/personen.json?pad=${PATH}`);
    expect(rows.map(({ email }) => email)).toContain('secretariaat-23002@example.org');
    const browser = await signIn('consultant', 'consulent@example.org');
    await browser.get('/uitvoer/personen.json');
    expect(browser.status).toBe(404);
  });

  it('are in none for a reader, who sees the answers', async () => {
    const browser = await signIn('reader', 'lezer@example.org', [PATH]);
    const { rows, columns } = await read(browser, `/uitvoer/antwoorden.json?pad=${PATH}`);
    expect(rows.find(({ proof }) => proof === PROOF)).toBeDefined();
    expect(columns.map(({ key }) => key)).not.toContain('notedBy');
    for (const table of ['regios', 'antwoorden', 'termijnen'])
      for (const format of ['csv', 'json']) {
        await browser.get(`/uitvoer/${table}.${format}`);
        expect(browser.html).toContain('noordrand-2033');
        expect(browser.html).not.toMatch(/Fien|secretariaat|brief van An|zuidrand/i);
      }
    await browser.get(`/uitvoer/personen.csv?pad=${PATH}`);
    expect(browser.status).toBe(404);
  });

  it('of another region are not there for a coordinator', async () => {
    const browser = await harness.signIn('coordinator');
    for (const table of ['antwoorden', 'personen', 'termijnen', 'regios']) {
      await browser.get(`/uitvoer/${table}.csv?pad=${OTHER}`);
      expect(browser.status).toBe(404);
    }
  });
});

describe('what was written down', () => {
  const tables = ['gesprekken', 'notities'];
  beforeAll(async () => {
    const { calls, notes } = harness.store;
    for (const [path, name] of [
      [PATH, 'Leentje'],
      [OTHER, 'Odette'],
    ] as const) {
      const by = { path, account: 'a', author: 'Sofie', party: WEMMEL };
      await notes.add({ ...by, id: `n-${path}`, text: `=Bel ${name}`, via: 'web' });
      await calls.add({
        ...{ ...by, id: `c-${path}`, outcome: 'later', note: `${name} is ziek`, via: 'api' },
        ...{ concerns: ['rejected/declaration-of-intent/nis:23102', 'undelivered'], nextAction: 'Opnieuw bellen' },
        nextOn: asLocalDate('2031-02-20'),
      });
    }
    await notes.add({ id: 'weg', path: PATH, account: 'a', author: 'Sofie', text: 'Vergissing', via: 'web' });
    await notes.remove('weg');
  });

  it('about a region is a table of its calls and one of its notes', async () => {
    const browser = await harness.signIn('coordinator');
    const calls = await read(browser, `/uitvoer/gesprekken.json?pad=${PATH}`);
    expect(calls.rows).toEqual([
      {
        ...{ partnership: 'Cultuur Noordrand', path: PATH, calledAt: harness.now(), author: 'Sofie', party: 'Wemmel' },
        ...{ nis: '23102', callee: null, about: 'Intentieverklaring', callOutcome: 'later', said: 'Leentje is ziek' },
        ...{ nextAction: 'Opnieuw bellen', nextOn: '2031-02-20', via: 'de API' },
      },
    ]);
    const notes = await read(browser, `/uitvoer/notities.json?pad=${PATH}`);
    expect(notes.rows.map(({ note, removedAt }) => [note, removedAt])).toContainEqual([null, harness.now()]);
    expect(notes.rows.map(({ note }) => note)).toContain('=Bel Leentje');
    await browser.get(`/uitvoer/notities.csv?pad=${PATH}`);
    expect(browser.html).toContain(",'=Bel Leentje,");
    await browser.get(`/uitvoer/gesprekken.xlsx?pad=${PATH}`);
    const [sheet] = await readWorkbook(Buffer.from(browser.bytes));
    expect(sheet!.data.flat()).toContainEqual(new Date('2031-02-20T00:00:00Z'));
  });

  it('is for a consultant over all regions, for a coordinator over their own, for a reader in none', async () => {
    const consultant = await signIn('consultant', 'consulent@example.org');
    const coordinator = await harness.signIn('coordinator');
    const reader = await signIn('reader', 'lezer@example.org', [PATH]);
    for (const table of tables) {
      await consultant.get(`/uitvoer/${table}.csv`);
      expect(consultant.html).toMatch(/Leentje[^]*Odette|Odette[^]*Leentje/);
      await coordinator.get(`/uitvoer/${table}.csv`);
      expect(coordinator.html).toContain('Leentje');
      expect(coordinator.html).not.toMatch(/Odette|zuidrand/i);
      await coordinator.get(`/uitvoer/${table}.csv?pad=${OTHER}`);
      expect(coordinator.status).toBe(404);
      for (const query of ['', `?pad=${PATH}`]) {
        await reader.get(`/uitvoer/${table}.csv${query}`);
        expect([reader.status, reader.html.includes('Leentje')]).toEqual([404, false]);
      }
    }
  });

  it('has nothing of a region that a coordinator of another one only reads', async () => {
    const coordinator = await signIn('coordinator', 'fien@example.org', [OTHER]);
    const { rows } = await read(coordinator, '/uitvoer/regios.json');
    expect(rows.map(({ path }) => path)).toContain(OTHER);
    for (const table of tables) {
      await coordinator.get(`/uitvoer/${table}.csv`);
      expect(coordinator.html).toContain('Leentje');
      expect(coordinator.html).not.toMatch(/Odette|zuidrand/i);
    }
    await signIn('coordinator', 'fien@example.org');
  });

  it('is offered where it can be had', async () => {
    const consultant = await signIn('consultant', 'consulent@example.org');
    const reader = await signIn('reader', 'lezer@example.org', [PATH]);
    for (const [browser, count] of [
      [consultant, 2],
      [reader, 0],
    ] as const) {
      await browser.get('/');
      expect(tables.filter((table) => browser.html.includes(`/uitvoer/${table}.csv`)).length).toBe(count);
    }
    await consultant.get(`/paden/${PATH}/dossier`);
    expect(consultant.html).toContain('Gesprekken als XLSX');
  });
});

it.each(['/uitvoer/regios.pdf', '/uitvoer/iets.csv', '/uitvoer/regios'])(
  '%s is a page that is not there',
  async (url) => {
    const browser = await harness.signIn('coordinator');
    await browser.get(url);
    expect(browser.status).toBe(404);
  },
);

it('nobody who has not signed in takes anything along', async () => {
  expect((await harness.app.inject('/uitvoer/regios.csv')).statusCode).not.toBe(200);
});
