/** Notes, calls and municipalities for programs: what the pages would show them, kept once, and nothing of anybody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asLocalDate } from '../../domain/ids.ts';
import { PATH, WEMMEL, ZAVENTEM } from '../web/harness.ts';
import { type ApiWorld, createApiWorld, OTHER } from './world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await createApiWorld();
}, 60_000);
afterAll(() => world.close());

const NOTES = `/paths/${PATH}/notes`;
const CALLS = `/paths/${PATH}/calls`;

describe('a note', () => {
  test('is kept once, by whom and how, and read by who follows the region', async () => {
    const body = { text: '  De voorzitter belt terug. ', party: 'Wemmel' };
    const first = await world.post('consultant', NOTES, body, 'notitie-1');
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ text: 'De voorzitter belt terug.', party: WEMMEL, via: 'api' });
    expect((await world.post('consultant', NOTES, body, 'notitie-1')).text).toBe(first.text);
    const { items } = (await world.get('coordinator', NOTES)).body;
    expect(items).toEqual([first.body]);
    const [kept] = await world.harness.store.notes.notesOf(PATH);
    expect(kept).toMatchObject({ author: 'De consultant van de proef', via: 'api' });
  });

  test('that was removed says only that there was one', async () => {
    const { body } = await world.post('coordinator', NOTES, { text: 'Vergissing.' }, 'notitie-2');
    await world.harness.store.notes.remove(body.id);
    const { items } = (await world.get('consultant', NOTES)).body;
    expect(items.find(({ id }) => id === body.id)).not.toHaveProperty('text');
  });

  test('is listed page by page, and for one municipality', async () => {
    for (const number of ['a', 'b', 'c']) {
      await world.post('coordinator', NOTES, { text: `Notitie ${number}` }, `notitie-${number}-lang`);
    }
    const all = (await world.get('coordinator', NOTES)).body.items.map(({ id }) => id);
    const walked: string[] = [];
    let cursor = '';
    do {
      const { body } = await world.get('coordinator', `${NOTES}?limit=2${cursor}`);
      walked.push(...body.items.map(({ id }) => id));
      cursor = body.next === undefined ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(walked).toEqual(all);
    const ofWemmel = (await world.get('coordinator', `${NOTES}?municipality=wemmel`)).body.items;
    expect(ofWemmel.map(({ party }) => party)).toEqual([WEMMEL]);
  });

  test('about somebody who takes no part, too long, or without text is refused at its place', async () => {
    const unknown = await world.post('coordinator', NOTES, { text: 'Hallo', party: 'Gent' }, 'notitie-3');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown-party']);
    for (const text of ['   ', 'x'.repeat(2_001)]) {
      const { status, body } = await world.post('coordinator', NOTES, { text }, 'notitie-4');
      expect([status, body.errors[0]!.pointer]).toEqual([400, '/text']);
    }
  });

  test('under a key of more than a day ago does not pass for the one that was sent then', async () => {
    const key = 'een-oude-sleutel';
    await world.post('coordinator', NOTES, { text: 'Van eergisteren.' }, key);
    world.harness.setTime(new Date(Date.parse(world.harness.now()) + 49 * 3_600_000).toISOString());
    const { status, body } = await world.post('coordinator', NOTES, { text: 'Van vandaag.' }, key);
    expect([status, body.code]).toEqual([409, 'command-id-reused']);
  });
});

describe('the call list', () => {
  test('says to a consultant whom to call, what to say, and why; to a coordinator nothing of another region', async () => {
    const { items } = (await world.get('consultant', '/calls')).body;
    const [entry] = items.filter(({ path }) => path === PATH);
    expect(entry).toMatchObject({ partnership: 'Cultuur Noordrand', isDue: false, isMine: false });
    expect(entry!.person).toMatchObject({ name: 'Fien De Smet', email: 'fien@example.org' });
    expect(entry!.say).toMatch(/Wemmel/);
    expect(entry!.concerns.map(({ code }) => code)).toContain('rejected');
    const { text } = await world.get('other', '/calls');
    expect(text).not.toMatch(/noordrand|Fien/i);
  });

  test('is silent about what was called about until the day that was agreed', async () => {
    const before = (await world.get('consultant', '/calls')).body.items.find(({ path }) => path === PATH)!;
    const concerns = before.concerns.map(({ key }) => key);
    const today = asLocalDate(world.harness.now().slice(0, 10));
    const body = { outcome: 'later', concerns: [...concerns, 'overdue/weg/nis:23102'], nextAction: 'Opnieuw bellen' };
    const logged = await world.post('consultant', CALLS, body, 'gesprek-1');
    expect(logged.body).toMatchObject({ concerns, via: 'api', note: '', nextAction: 'Opnieuw bellen' });
    expect(logged.body.nextOn! > today).toBe(true);
    const find = async () => (await world.get('consultant', '/calls')).body.items.find(({ path }) => path === PATH);
    expect(await find()).toBeUndefined();
    world.harness.setTime(`${logged.body.nextOn!}T09:00:00.000Z`);
    expect(await find()).toMatchObject({ isDue: true, last: { id: logged.body.id } });
    const { items } = (await world.get('coordinator', CALLS)).body;
    expect(items).toEqual([logged.body]);
  });
});

describe('a call', () => {
  test('with somebody of another region, or a day that is over, is refused at its place and not kept', async () => {
    const foreign = (await world.harness.store.people.peopleOf(OTHER))[0]!.id;
    const wrong = { outcome: 'spoken', person: foreign };
    const other = await world.post('coordinator', CALLS, wrong, 'gesprek-2');
    expect([other.status, other.body.errors[0]!.pointer]).toEqual([400, '/person']);
    const late = await world.post('coordinator', CALLS, { outcome: 'spoken', nextOn: '2020-01-01' }, 'gesprek-3');
    expect([late.status, late.body.code, late.body.errors[0]!.pointer]).toEqual([422, 'call-day-wrong', '/nextOn']);
    const party = await world.post('coordinator', CALLS, { outcome: 'spoken', party: 'Gent' }, 'gesprek-4');
    expect([party.status, party.body.code]).toEqual([404, 'unknown-party']);
    const kept = await world.harness.store.calls.callsOf(PATH);
    expect(kept.filter(({ outcome }) => outcome === 'spoken')).toEqual([]);
  });
});

describe('a municipality', () => {
  test('is listed once, with the paths that its reader may read', async () => {
    const paths = async (who: 'consultant' | 'coordinator' | 'reader') =>
      (await world.get(who, '/municipalities?q=wemmel')).body.items.map((each) => [each.nis, each.paths]);
    expect(await paths('consultant')).toEqual([['23102', [PATH, OTHER]]]);
    expect(await paths('coordinator')).toEqual([['23102', [PATH]]]);
    expect(await paths('reader')).toEqual([['23102', [PATH]]]);
  });

  test('shows over all paths what it was asked, with people for who may see them', async () => {
    const { body } = await world.get('consultant', '/municipalities/Wemmel');
    expect(body).toMatchObject({ id: WEMMEL, name: 'Wemmel', referenceRegion: 'Halle-Vilvoorde', formerly: [] });
    expect(body.paths.map(({ path }) => path)).toEqual([PATH, OTHER]);
    const [here] = body.paths;
    expect(here!.member.contact).toBeDefined();
    expect(here!.asks.every(({ party }) => party === WEMMEL)).toBe(true);
    expect(here!.asks.find(({ status }) => status === 'rejected')!.answer).toHaveProperty('reason');
    const reading = await world.get('reader', '/municipalities/23102');
    expect(reading.body.paths.map(({ path }) => path)).toEqual([PATH]);
    expect(reading.text).not.toMatch(/Janssens|noordrand-2033\.\d/);
  });

  test('that takes part in nothing that its reader follows is not there', async () => {
    expect((await world.get('other', `/municipalities/${ZAVENTEM}`)).body.code).toBe('not-found');
    expect((await world.get('administrator', '/municipalities/Gent')).body.code).toBe('not-found');
    const { status, body } = await world.get('administrator', '/municipalities/Nergens');
    expect([status, body.errors[0]!.parameter]).toEqual([400, 'municipality']);
  });
});
