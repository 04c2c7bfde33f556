/** What a coordinator would lose: the look beforehand, what was typed, or a change that counts twice. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ASSE,
  type Browser,
  createHarness,
  type Harness,
  PATH,
  request,
  startPath,
  WEMMEL,
  ZAVENTEM,
} from './harness.ts';
import { municipalityParty } from '../../domain/ids.ts';
import { askKey } from '../../domain/ids.ts';

const ASKED = 'declaration-of-intent';
const home = `/paden/${PATH}`;
const manage = `${home}/beheer`;
const move = { item: ASKED, to: '2031-09-30', reason: 'De tekst is later klaar.' };
const VILVOORDE = municipalityParty('23088');
let harness: Harness;
let browser: Browser;

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  browser = await harness.signIn('coordinator');
  await request(harness, ASKED);
  await browser.get(manage);
});
afterEach(() => harness.close());

const seq = (): number => harness.state().seq;
const isMoved = (): boolean => harness.state().moved[ASKED] !== undefined;

describe('looking first', () => {
  test('shows which dates and mails would change, and changes nothing', async () => {
    const [before, told] = [seq(), harness.paths.commands];
    await browser.submit('move-deadline', { ...move, _preview: '1' });
    expect(browser.status).toBe(200);
    expect(browser.text).toContain('Er is nog niets veranderd.');
    expect(browser.text).toMatch(/Intentieverklaring iedereen: van 30 juni 2031 naar 30 september 2031/);
    expect(browser.text).toMatch(/Meteen vertrekken 3 mails/);
    expect(browser.text).toContain('aan Asse, Wemmel en Zaventem');
    expect([seq(), harness.paths.commands, isMoved()]).toEqual([before, told, false]);
  });

  test('what was looked at is done by confirming, and twice counts once', async () => {
    const before = seq();
    await browser.submit('move-deadline', { ...move, _preview: '1' });
    const form = browser.forms().find(({ id }) => id === 'bevestigen');
    await browser.submit('bevestigen', {});
    expect(browser.url).toContain('gedaan');
    expect(harness.state().moved[ASKED]).toMatchObject({ to: '2031-09-30', reason: 'De tekst is later klaar.' });
    expect(seq()).toBe(before + 1);
    await browser.post(form?.action ?? '', form?.fields ?? {});
    expect(seq()).toBe(before + 1);
  });

  test('going back keeps what was typed, under the same id, and nothing is called wrong', async () => {
    await browser.submit('move-deadline', { ...move, _preview: '1' });
    const id = browser.forms().find(({ id: name }) => name === 'bevestigen')?.fields['_command'];
    await browser.submit('bevestigen', { _back: '1' });
    expect(browser.status).toBe(200);
    const form = browser.forms().find(({ id: name }) => name === 'move-deadline');
    expect(form?.fields).toMatchObject({ ...move, _command: id });
    expect(isMoved()).toBe(false);
    expect(browser.text).not.toContain('Fout');
  });

  test('what would be refused is said in the form', async () => {
    await browser.submit('move-deadline', { ...move, to: '2031-01-01', _preview: '1' });
    expect(browser.status).toBe(422);
    expect(browser.text).not.toContain('Er is nog niets veranderd.');
    expect(browser.forms().find(({ id }) => id === 'move-deadline')?.fields).toMatchObject({ reason: move.reason });
  });

  test('somebody who is only looked at is not made known', async () => {
    const known = (await harness.store.people.peopleOf(PATH)).length;
    const joining = { municipality: 'Vilvoorde', name: 'Jan Smets', email: 'jan@vilvoorde.example.org' };
    await browser.submit('add-party', { ...joining, _preview: '1' });
    expect(browser.text).toMatch(/Vraag, Intentieverklaring aan Vilvoorde/);
    expect(browser.text).toContain('Een gemeente toevoegen Er is nog niets veranderd.');
    expect(browser.text).toContain('Intentieverklaring Vilvoorde: 30 juni 2031 (nieuw); laatste zitting');
    expect(browser.text).not.toContain('van geen');
    expect(await harness.store.people.peopleOf(PATH)).toHaveLength(known);
    await browser.submit('bevestigen', {});
    expect(harness.state().parties[VILVOORDE]?.contact).toBeDefined();
    expect(harness.state().asks[askKey(ASKED, VILVOORDE)]?.status).toBe('requested');
  });
});

describe('the circle changes', () => {
  test('who leaves: the approvals that were given are asked again when the coordinator chooses so', async () => {
    await harness.tell({
      type: 'answer',
      data: { party: ASSE, decision: ASKED, answer: 'approved', on: '2031-02-11' as never },
    });
    await browser.get(`${home}/gemeenten/${WEMMEL}`);
    await browser.submit('remove-party', {
      ...{ reason: 'Andere regio', confirmed: 'ja' },
      [`approvals.${ASKED}`]: 'ask-again',
    });
    expect(harness.state().parties[WEMMEL]?.leftOn).toBeDefined();
    expect(harness.state().asks[askKey(ASKED, ASSE)]).toMatchObject({ status: 'requested', textVersion: 2 });
  });

  test('who merges: one form, and the old links say who answers now', async () => {
    const old = await harness.visit(WEMMEL);
    await browser.submit('merge-parties', {
      ...{ 'merges.23102': 'ja', 'merges.23094': 'ja', municipality: 'Vilvoorde', reason: 'Fusie' },
      ...{ name: 'Jan Smets', email: 'jan@vilvoorde.example.org' },
    });
    expect(browser.url).toContain('gedaan');
    const { parties, asks } = harness.state();
    expect([parties[WEMMEL]?.mergedInto, parties[ZAVENTEM]?.mergedInto]).toEqual([VILVOORDE, VILVOORDE]);
    expect(asks[askKey(ASKED, VILVOORDE)]?.status).toBe('requested');
    await old.get(old.url);
    expect(old.status).toBe(410);
    expect(old.text).toContain('Wemmel is nu deel van Vilvoorde');
    await browser.get(`${home}/logboek`);
    expect(browser.text).toContain('Samengevoegd tot Vilvoorde: Wemmel, Zaventem');
  });

  test('an approval that is taken over says from whom', async () => {
    for (const party of [WEMMEL, ZAVENTEM]) {
      await harness.tell({
        type: 'answer',
        data: { party, decision: ASKED, answer: 'approved', on: '2031-02-11' as never },
      });
    }
    const merging = { 'merges.23102': 'ja', 'merges.23094': 'ja', municipality: 'Vilvoorde', reason: 'Fusie' };
    const contact = { name: 'Jan Smets', email: 'jan@vilvoorde.example.org' };
    await browser.submit('merge-parties', { ...merging, ...contact, _preview: '1' });
    expect(browser.text).toContain('Intentieverklaring: de goedkeuring geldt ook voor Vilvoorde');
    await browser.submit('bevestigen', {});
    await browser.get(`${home}/beslissingen/${ASKED}/${VILVOORDE}`);
    expect(browser.text).toMatch(/Overgenomen van (?:Wemmel|Zaventem) bij de samenvoeging\./);
  });

  test('a merger of nobody is said at its first box', async () => {
    await browser.submit('merge-parties', { municipality: 'Vilvoorde', reason: 'Fusie' });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Duid aan welke gemeenten samengaan.');
  });
});

describe('what sends mail can be looked at first', () => {
  /** Forms without a look beforehand, by what they tell the path. */
  const unseen = (): string[] =>
    [...browser.html.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/g)].flatMap(([form]) => {
      const command = /name="command" value="([^"]*)"/.exec(form)?.[1] ?? '';
      return command === '' || form.includes('name="_preview"') ? [] : [command];
    });
  /** None of these makes a mail leave. */
  const quiet = [
    'accept-changes',
    'add-evidence',
    'change-party',
    'complete-task',
    'record-complaint',
    'reopen-task',
    'waive',
  ];

  test('no page of a path has a form that sends mail unseen', async () => {
    const on = '2031-02-11' as never;
    const changed = { answer: 'approved-with-changes', changes: 'Artikel 3', on } as const;
    await harness.tell({ type: 'answer', data: { party: ASSE, decision: ASKED, answer: 'rejected', on } });
    await harness.tell({ type: 'answer', data: { party: WEMMEL, decision: ASKED, ...changed } });
    const asks = [ASSE, WEMMEL, ZAVENTEM].map((party) => `${home}/beslissingen/${ASKED}/${party}`);
    const found = new Set<string>();
    for (const page of [home, manage, ...asks, `${home}/gemeenten/${WEMMEL}`, `${home}/voorwaarden`]) {
      await browser.get(page);
      for (const command of unseen()) found.add(command);
    }
    expect([...found].filter((command) => !quiet.includes(command))).toEqual([]);
  });

  test('a request names whom it asks, and sends what was seen', async () => {
    await browser.get(home);
    const id = browser.forms().find(({ id: name }) => name.startsWith('request-'))!.id;
    const before = seq();
    await browser.submit(id, { _preview: '1' });
    expect(browser.text).toContain('Een beslissing vragen Er is nog niets veranderd.');
    expect(browser.text).toMatch(/\d+ mails? (komen|komt) erbij/);
    expect(seq()).toBe(before);
    await browser.submit('bevestigen', {});
    expect(seq()).toBe(before + 1);
  });

  test('another contact is asked what is open, and known to nobody before it is confirmed', async () => {
    const page = `${home}/gemeenten/${WEMMEL}`;
    await browser.get(page);
    const known = (await harness.store.people.peopleOf(PATH)).length;
    const person = { name: 'Jan Smets', email: 'jan@wemmel.example.org' };
    await browser.submit('replace-contact', { ...person, _preview: '1' });
    expect(browser.text).toContain('Het aanspreekpunt vervangen Er is nog niets veranderd.');
    expect(browser.text).toMatch(/aan Wemmel/);
    expect(await harness.store.people.peopleOf(PATH)).toHaveLength(known);
    await browser.submit('bevestigen', {});
    const contact = harness.state().parties[WEMMEL]!.contact!;
    expect((await harness.store.people.person(contact))?.name).toBe('Jan Smets');
  });
});
