/** What people who follow a region write down: who may, who reads it, and that nothing written is lost by a slip. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOTE_LENGTH } from '../../client/services/notes.ts';
import { type Browser, createHarness, type Harness, PATH, startPath, WEMMEL } from './harness.ts';

const NOTES = `/paden/${PATH}/notities`;
let harness: Harness;
let coordinator: Browser;
let consultant: Browser;

beforeAll(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  coordinator = await harness.signIn('coordinator');
  consultant = await harness.signIn('consultant', 'consulent@example.org');
});
afterAll(() => harness.close());

let minute = 0;

/** Each a minute after the one before it. */
async function write(browser: Browser, text: string, gemeente = ''): Promise<void> {
  minute += 1;
  harness.setTime(`2031-02-12T09:${String(minute).padStart(2, '0')}:00.000Z`);
  await browser.get(NOTES);
  await browser.submit('notitie', { text, gemeente });
}

describe('notes about a region', () => {
  test('a consultant writes one, the coordinator reads it on the page of the region and of the municipality', async () => {
    await write(consultant, 'Bel na zes uur.\nTweede regel.', WEMMEL);
    expect(consultant.text).toContain('Bel na zes uur.');
    for (const page of [`/paden/${PATH}`, `/paden/${PATH}/gemeenten/${WEMMEL}`, NOTES]) {
      await coordinator.get(page);
      expect(coordinator.text, page).toContain('Bel na zes uur.');
    }
    // It never reaches the path.
    expect(harness.paths.commands).toBe(0);
  });

  test('a municipality never sees one', async () => {
    await write(coordinator, 'De secretaris twijfelt.', WEMMEL);
    const contact = await harness.visit(WEMMEL);
    expect(contact.status).toBe(200);
    expect(contact.html).not.toContain('De secretaris twijfelt.');
  });

  test('who wrote it removes it: its text is gone, that there was one stays', async () => {
    await write(coordinator, 'Vergissing.');
    const form = coordinator.forms().findIndex(({ action }) => action.endsWith('/weg'));
    await coordinator.submit(form, {});
    expect(coordinator.text).not.toContain('Vergissing.');
    expect(coordinator.text).toContain('Deze notitie is verwijderd');
    const notes = await harness.store.notes.notesOf(PATH);
    expect(JSON.stringify(notes)).not.toContain('Vergissing');
  });

  test('nobody removes what somebody else wrote', async () => {
    await write(consultant, 'Van de consulent.');
    const [note] = await harness.store.notes.notesOf(PATH);
    await coordinator.get(NOTES);
    const token = coordinator.forms().find(({ id }) => id === 'notitie')!.fields['_form']!;
    await coordinator.post(`${NOTES}/weg`, { _form: token, note: note!.id });
    expect([coordinator.status, coordinator.text]).toEqual([403, expect.stringContaining('iemand anders')]);
    expect((await harness.store.notes.note(note!.id))?.text).toBe('Van de consulent.');
  });

  test('one that is too long, or empty, is said at its field, and what was typed is kept', async () => {
    const long = 'x'.repeat(NOTE_LENGTH + 1);
    await write(coordinator, long);
    expect([coordinator.status, coordinator.text]).toEqual([422, expect.stringContaining(String(NOTE_LENGTH))]);
    expect(coordinator.forms().find(({ id }) => id === 'notitie')!.fields['text']).toBe(long);
    await write(coordinator, '  ');
    expect(coordinator.status).toBe(422);
  });

  test('the same form sent twice is one note, and one from elsewhere is none', async () => {
    await coordinator.get(NOTES);
    const { fields } = coordinator.forms().find(({ id }) => id === 'notitie')!;
    const before = (await harness.store.notes.notesOf(PATH)).length;
    await coordinator.post(NOTES, { ...fields, text: 'Dubbel.' });
    await coordinator.post(NOTES, { ...fields, text: 'Dubbel.' });
    await coordinator.post(NOTES, { ...fields, _form: 'elders', text: 'Van elders.' });
    expect(coordinator.status).toBe(403);
    expect((await harness.store.notes.notesOf(PATH)).length).toBe(before + 1);
  });

  test('a stranger reads and writes none', async () => {
    const stranger = await harness.signIn('coordinator', 'ander@example.org');
    await stranger.get(NOTES);
    expect(stranger.status).toBe(403);
    await stranger.post(NOTES, { text: 'Van een vreemde.' });
    expect(stranger.status).toBe(403);
  });
});
