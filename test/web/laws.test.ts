/** The card "Wat de wet vraagt" of a region: what a coordinator reads of it, and whom it leads to. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readRegion, toPathStart } from '../../definitions/region.ts';
import { expectedScript, type Script } from '../../domain/course.ts';
import { instantOf } from '../../domain/dates.ts';
import { asLocalDate, asPartyId } from '../../domain/ids.ts';
import { runCourse } from '../../domain/plan.ts';
import { type Browser, createHarness, type Harness } from './harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});
afterEach(() => harness.close());

const kuurne = asPartyId('nis:34023');

/** The page of the fictional Leievallei on the evening of a day, when all went as scripted until then. */
async function pageOn(on: string, script: Partial<Script> = {}): Promise<Browser> {
  const read = readRegion('examples/leievallei-fictief.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { start } = toPathStart(read.value.file, read.value.definition, read.value.round);
  const evening = instantOf(asLocalDate(on), 22 * 60);
  const { events } = runCourse(start, instantOf(asLocalDate('2031-01-06'), 540), evening, {
    ...expectedScript,
    ...script,
  });
  await harness.store.paths.ensurePath({ path: start.id, partnership: 'Cultuur Leievallei', createdAt: evening });
  await harness.store.events.recordEvents(start.id, events);
  harness.setTime(evening);
  const browser = await harness.signIn('administrator');
  await browser.get(`/paden/${start.id}`);
  return browser;
}

const card = ({ text }: Browser): string => /Wat de wet vraagt.*?(?=Wat er laatst gebeurde)/.exec(text)?.[0] ?? '';

describe('what the law asks, on the page of a region', () => {
  test('before the councils decide: the window, what follows, and what moves with it', async () => {
    const page = await pageOn('2031-01-06');
    expect(card(page)).toContain('Tussen 17 november 2031 en 14 januari 2032 kan elke raad beslissen over de statuten');
    expect(card(page)).toContain('artikelen 401-408');
    expect(card(page)).toMatch(
      /De cultuurnota indienen in KIOSK: .* Dat is te laat, het is nodig tegen 1 april 2032\./,
    );
    expect(card(page)).toContain('Kuurne : 2 zittingen, de laatste op 18 december 2031');
  });

  test('an applicant that is founded later is said calmly, as long as it will be there in time', async () => {
    expect((await pageOn('2031-01-06')).text).toContain(
      'De aanvrager bestaat … nog niet Eerst nog: “De oprichtingsakte verlijden”.',
    );
  });

  test('an applicant that cannot be there in time is not met', async () => {
    const page = await pageOn('2032-02-20', { default: 'none' });
    expect(page.text).toContain('De aanvrager bestaat ✗ niet voldaan Eerst nog: “De oprichtingsakte verlijden”.');
  });

  test('a council that adjourns beyond the window is named, with what follows and a link to it', async () => {
    const adjourned = {
      party: kuurne,
      decision: 'statutes',
      answer: 'adjourned',
      on: asLocalDate('2031-10-16'),
    } as const;
    const page = await pageOn('2031-10-16', { answers: [{ ...adjourned, to: asLocalDate('2032-01-15') }] });
    expect(card(page)).toContain('De termijn voor de statuten loopt tot 8 december 2031. Een latere zitting plannen:');
    expect(card(page)).toContain('Valt één raad erbuiten, dan voldoet de oprichting niet aan het decreet.');
    expect(card(page)).toContain('Kuurne : geagendeerd op 15 januari 2032');
    expect(page.html).toContain(`href="/paden/leievallei-2033/gemeenten/${kuurne}"`);
  });

  test('is not there any more when the path has ended', async () => {
    const page = await pageOn('2031-03-10', {
      commands: [{ on: asLocalDate('2031-03-03'), command: { type: 'stop', data: { reason: 'geen draagvlak' } } }],
    });
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('Wat de wet vraagt');
  });
});
