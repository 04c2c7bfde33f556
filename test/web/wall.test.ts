/** The page for the wall: what a coordinator reads from across the room must be what the core says. */
import { describe, expect, test } from 'vitest';
import { wallView } from '../../client/wall/view.ts';
import { createWords } from '../../client/dutch/words.ts';
import { loadPageTexts } from '../../templates/pages/locale.ts';
import { INTENT, type World, asse, at, coordinator, day, intentAsked, meise, wemmel, zaventem } from '../core/world.ts';

const words = createWords()('igs-cultuur');
const texts = loadPageTexts();
const view = ({ state, now }: World) => wallView({ state, partnership: 'Cultuur Noordrand', words, texts, now });
const cellOf = (world: World, name: string, title: string) => {
  const { columns, rows } = view(world);
  const column = columns.findIndex((each) => each.title === title);
  return rows.find((row) => row.name === name)?.cells[column];
};
const intent = (world: World, name: string) => cellOf(world, name, 'Intentieverklaring');

describe('a cell', () => {
  test('names the last session that is in time and the day on which its agenda closes', () => {
    expect(intent(intentAsked(), 'Wemmel')).toEqual({
      main: 'di 24 jun',
      sub: 'agenda sluit 13 jun',
      tone: 'plain',
      isEstimate: false,
    });
  });

  test('marks an estimate', () => {
    expect(intent(intentAsked(), 'Asse')).toMatchObject({ main: 'di 17 jun', isEstimate: true });
  });

  test('shows that one session is left, and that none is', () => {
    const world = intentAsked();
    world.now = at('2031-06-10');
    expect(intent(world, 'Wemmel')).toMatchObject({ sub: 'enige zitting, agenda sluit 13 jun', tone: 'tight' });
    expect(intent(world, 'Asse')).toMatchObject({ main: 'geen zitting op tijd', tone: 'lost' });
  });

  test('shows what was said: on the agenda, approved, changed, rejected', () => {
    const world = intentAsked();
    const say = (party: typeof asse, answer: string, on: string, more: object = {}) =>
      world.tell(
        'answer',
        { party, decision: INTENT, answer, on: day(on), ...more } as never,
        coordinator,
        at('2031-03-26'),
      );
    say(wemmel, 'scheduled', '2031-06-24');
    say(asse, 'approved', '2031-03-25');
    say(meise, 'approved-with-changes', '2031-03-25', { changes: 'artikel 3' });
    say(zaventem, 'rejected', '2031-03-25');
    expect(intent(world, 'Wemmel')).toMatchObject({ main: 'di 24 jun', sub: 'staat op de agenda', tone: 'plain' });
    expect(intent(world, 'Asse')).toMatchObject({ main: '✓ 25 mrt', tone: 'done' });
    expect(intent(world, 'Meise')).toMatchObject({ main: 'gewijzigd', tone: 'tight' });
    expect(intent(world, 'Zaventem')).toMatchObject({ main: '✗ afgekeurd', tone: 'lost' });
  });

  test('on the agenda of a session that comes too late is lost, unless the date moves', () => {
    const world = intentAsked();
    world.tell('answer', { party: wemmel, decision: INTENT, answer: 'scheduled', on: day('2031-09-23') });
    expect(intent(world, 'Wemmel')?.tone).toBe('lost');
  });
});

describe('the page', () => {
  test('has the decisions in the order of their dates, with the day on which texts are needed', () => {
    const { columns } = view(intentAsked());
    expect(columns[0]).toEqual({
      title: 'Engagementsverklaring',
      due: 'beslist tegen 7 april 2031',
      texts: 'tekst tegen 24 maart',
    });
    expect(columns.at(-1)?.due).toBe('beslist tegen 24 maart 2032');
  });

  test('says what the law asks of the route, in one sentence each', () => {
    const { laws } = view(intentAsked());
    expect(laws).toHaveLength(1);
    expect(laws[0]).toMatchObject({ article: 'artikel 401' });
    expect(laws[0]?.sentence).toContain('31 december 2032');
  });

  test('names the articles by which it counts, and the bodies that exist once', () => {
    const { notes, others, dates } = view(intentAsked());
    expect(notes.join(' ')).toContain('gemeenteraad 8 dagen (artikel 19); meerjarenplan 14 dagen (artikel 249)');
    expect(others.map(({ title }) => title)).toContain('Intern reglement:');
    expect(dates[0]?.day).toBe('30 juni 2031');
  });
});
