/** A calendar that a program refuses, that shows a day too many, keeps an old day, or tells a stranger who works where. */
import ical from 'node-ical';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asLocalDate, asPathId } from '../../domain/ids.ts';
import type { Account, AccountRole } from '../../store/accounts.ts';
import { ASSE, createHarness, type Harness, PATH, request, startPath, WEMMEL } from '../web/harness.ts';
import { expectProperLines, strictlyRead } from './parsers.ts';

const OTHER = asPathId('zuidrand-2033');
const INTENT = 'declaration-of-intent';
const hasParser = process.env['REGIOPAD_ICALENDAR'] !== undefined;

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  const partnership =
    'Zuidrand; “cultuur”, é€ën verband met een heel lange naam die niet op één regel van een agenda past';
  await startPath(harness.store, harness.paths, { id: OTHER, partnership, coordinator: 'jo@example.org' });
  await request(harness, INTENT);
}, 60_000);
afterAll(() => harness.close());

const account = (role: AccountRole, email: string): Promise<Account> =>
  harness.store.accounts.ensureAccount({ role, email, name: 'Fien De Smet' });

async function addressOf({ id, role }: Account): Promise<string> {
  const { feedGeneration: generation } = await harness.store.settings.settingsOf({ id, role });
  return `/agenda/${await harness.links.privateToken({ purpose: 'calendar', id, generation })}`;
}

const get = (url: string, headers: Record<string, string> = {}) => harness.app.inject({ method: 'GET', url, headers });
const feedOf = async (role: AccountRole, email: string): Promise<string> =>
  (await get(await addressOf(await account(role, email)))).body;

const eventIn = (ics: string, uid: string): { day: string; sequence: number } => {
  const block = ics.split('BEGIN:VEVENT').find((each) => each.replaceAll('\r\n ', '').includes(`UID:${uid}\r\n`)) ?? '';
  const [, day = ''] = /DTSTART;VALUE=DATE:(\d+)/.exec(block) ?? [];
  return { day, sequence: Number(/SEQUENCE:(\d+)/.exec(block)?.[1]) };
};

describe('the calendar of a coordinator', () => {
  it.skipIf(!hasParser)('is one that a strict parser takes, with days that end on the next one', async () => {
    for (const email of ['fien@example.org', 'jo@example.org']) {
      const ics = await feedOf('coordinator', email);
      expectProperLines(ics);
      const events = strictlyRead(ics);
      expect(events.length).toBeGreaterThan(10);
      expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
      for (const { start, end } of events) expect(Date.parse(end) - Date.parse(start)).toBe(24 * 3_600_000);
    }
  });

  it('is read the same by another parser, names and all', async () => {
    const summariesOf = async (email: string): Promise<string> =>
      Object.values(ical.sync.parseICS(await feedOf('coordinator', email)))
        .flatMap((event) => (event?.type === 'VEVENT' ? [JSON.stringify(event.summary)] : []))
        .join('\n');
    expect(await summariesOf('jo@example.org')).toContain('Zuidrand; “cultuur”, é€ën verband met een heel lange naam');
    expect(await summariesOf('fien@example.org')).toContain(
      'Wemmel: agenda sluit voor de intentieverklaring (schatting)',
    );
  });

  it('has the own paths only, and nobody of a town hall', async () => {
    const ics = (await feedOf('coordinator', 'fien@example.org')).replaceAll('\r\n ', '');
    expect(ics).toContain('UID:noordrand-2033/date/closesOn@regiopad');
    expect(ics).not.toContain('zuidrand');
    expect(ics).not.toMatch(/secretariaat|example\.org|Fien/i);
  });

  it('moves an event, which keeps its name and becomes a newer edition, when the deadline moves', async () => {
    const uid = `${PATH}/due/${INTENT}@regiopad`;
    const before = eventIn(await feedOf('coordinator', 'fien@example.org'), uid);
    await harness.tell({
      type: 'move-deadline',
      data: { item: INTENT, to: asLocalDate('2031-09-30'), reason: 'De tekst is later klaar.' },
    });
    const after = eventIn(await feedOf('coordinator', 'fien@example.org'), uid);
    expect(before.day).toBe('20310630');
    expect(after.day).toBe('20310930');
    expect(after.sequence).toBeGreaterThan(before.sequence);
  });

  it('says on which session something stands once a council put it on its agenda', async () => {
    const on = asLocalDate('2031-05-27');
    await harness.tell({ type: 'answer', data: { party: WEMMEL, decision: INTENT, answer: 'scheduled', on } });
    const ics = await feedOf('coordinator', 'fien@example.org');
    expect(eventIn(ics, `${PATH}/session/${INTENT}/${WEMMEL}@regiopad`).day).toBe('20310527');
    expect(ics).not.toContain(`UID:${PATH}/agenda/${INTENT}/${WEMMEL}`);
    expect(ics.replaceAll('\r\n ', '')).toContain(`UID:${PATH}/agenda/${INTENT}/${ASSE}`);
  });
});

describe('the calendar of somebody else', () => {
  it('has for a consultant the assigned regions, for a reader those that may be read', async () => {
    for (const role of ['consultant', 'reader'] as const) {
      const who = await account(role, `${role}@example.org`);
      expect((await get(await addressOf(who))).body).not.toContain('BEGIN:VEVENT');
      await harness.store.accounts.setRegions(who.id, [OTHER]);
      const ics = (await get(await addressOf(who))).body.replaceAll('\r\n ', '');
      expect(ics).toContain(`UID:${OTHER}/`);
      expect(ics).not.toContain(`UID:${PATH}/`);
      expect(ics).not.toMatch(/secretariaat|jo@example/i);
    }
  });
});

describe('the address of a calendar', () => {
  it('stands on one’s own page, where it can be renewed', async () => {
    const browser = await harness.signIn('coordinator');
    const shown = async (): Promise<string> => {
      await browser.get('/account');
      return /http:\/\/localhost:3000(\/agenda\/[\w.-]+\.ics)/.exec(browser.text)![1]!;
    };
    const first = await shown();
    expect((await get(first)).statusCode).toBe(200);
    await browser.submit(
      browser.forms().findIndex(({ action }) => action.endsWith('/account/agenda')),
      {},
    );
    expect(browser.text).toContain('Uw agenda heeft een nieuw adres');
    expect((await get(first)).statusCode).toBe(410);
    expect((await get(await shown())).statusCode).toBe(200);
  });

  it('says when nothing changed, by tag and by moment, and works with the ending that programs like', async () => {
    const address = await addressOf(await account('coordinator', 'fien@example.org'));
    const { headers, statusCode } = await get(`${address}.ics`);
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect((await get(address, { 'if-none-match': String(headers.etag) })).statusCode).toBe(304);
    expect((await get(address, { 'if-none-match': '"other"' })).statusCode).toBe(200);
    const since = String(headers['last-modified']);
    expect((await get(address, { 'if-modified-since': since })).statusCode).toBe(304);
    await harness.tell({ type: 'pause', data: { reason: 'Even wachten' } });
    harness.setTime('2031-02-13T09:00:00.000Z');
    await harness.tell({ type: 'resume', data: {} });
    expect((await get(address, { 'if-modified-since': since })).statusCode).toBe(200);
  });

  it('stops when it is renewed, and says where the new one is', async () => {
    const jo = await account('coordinator', 'jo@example.org');
    const address = await addressOf(jo);
    await harness.store.settings.renewFeed(jo);
    const { statusCode, body, headers } = await get(address);
    expect([statusCode, headers['content-type']]).toEqual([410, 'text/plain; charset=utf-8']);
    expect(body).toContain('vernieuwd');
    expect((await get(await addressOf(jo))).statusCode).toBe(200);
  });

  it.each(['abc', 'abc.def.ghi', 'x'.repeat(500)])('is not guessed: %s', async (token) => {
    expect((await get(`/agenda/${token}`)).statusCode).toBe(404);
  });

  it('is not the one that switches the digest off, nor that of an account that was removed', async () => {
    const { id } = await account('coordinator', 'jo@example.org');
    const digest = await harness.links.privateToken({ purpose: 'digest', id, generation: 1 });
    expect((await get(`/agenda/${digest}`)).statusCode).toBe(404);
    const nobody = await harness.links.privateToken({ purpose: 'calendar', id: 'niemand', generation: 0 });
    expect((await get(`/agenda/${nobody}`)).statusCode).toBe(404);
  });
});
