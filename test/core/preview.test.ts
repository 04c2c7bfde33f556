import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/commands.ts';
import { type MailLine, comingLines, linesOf } from '../../domain/coming.ts';
import { addDays, instantOf, localDay } from '../../domain/dates.ts';
import { decide } from '../../domain/decide.ts';
import { type DatedKey, datesOf, lacking, type Preview, preview } from '../../domain/preview.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { office, play, sayings, stories } from './stories.ts';
import { type World, at, coordinator, day, intentAsked, wemmel } from './world.ts';

const runs = { numRuns: 100 };

const previewed = (world: World, command: Command): Preview => {
  const shown = preview(world.state, command, coordinator, world.now);
  if (isRefusal(shown)) throw new Error(`refused: ${shown.code}`);
  return shown;
};

/** The dates of a path after the changes that a preview shows. */
function withChanges(dates: DatedKey[], { deadlines }: Preview): Map<string, string> {
  const result = new Map(dates.map(({ key, on, lastSession }) => [key, `${on} ${lastSession ?? '-'}`]));
  const sessions = new Map(dates.map(({ key, lastSession }) => [key, lastSession ?? '-']));
  for (const { key, to, lastSession } of deadlines) {
    const session = lastSession === undefined ? (sessions.get(key) ?? '-') : (lastSession.to ?? '-');
    if (to === undefined) result.delete(key);
    else result.set(key, `${to} ${session}`);
  }
  return result;
}

const asMap = (dates: DatedKey[]): Map<string, string> =>
  new Map(dates.map(({ key, on, lastSession }) => [key, `${on} ${lastSession ?? '-'}`]));

describe('what is shown before something is said', () => {
  it('is what then happens: the same events, the same dates, the same mails, whatever is said and wherever a path stands', () => {
    let accepted = 0;
    fc.assert(
      fc.property(stories, sayings, fc.integer({ min: 0, max: 60 }), (story, saying, days) => {
        const { world } = play(story);
        const { state, now } = world;
        const command = saying(state, localDay(now));
        const until = instantOf(addDays(localDay(now), days), 12 * 60);
        const shown = preview(state, command, office(command), now, until);
        const outcome = decide(state, command, office(command), now);
        if (isRefusal(shown) || isRefusal(outcome)) {
          expect(shown).toEqual(outcome);
          return;
        }
        accepted += 1;
        expect(shown.events).toEqual(outcome);
        const lines = (mails: World['mails']): MailLine[] => mails.flatMap(linesOf);
        const silent = comingLines(state, now, until);
        const expected = [...lacking(silent, shown.gone), ...shown.atOnce, ...shown.added];
        const already = world.mails.length;
        world.apply(outcome);
        expect(asMap(datesOf(world.state, now))).toEqual(withChanges(datesOf(state, now), shown));
        world.pass(until);
        const happened = lines(world.mails.slice(already));
        expect(lacking(happened, expected)).toEqual([]);
        expect(lacking(expected, happened)).toEqual([]);
      }),
      runs,
    );
    expect(accepted).toBeGreaterThan(runs.numRuns / 3);
  });

  it('counts a line as often as it is there: two of the same of which one goes is one', () => {
    const [line] = comingLines(intentAsked().state, at('2031-03-03'), at('2031-06-30'));
    if (line === undefined) throw new Error('no mail');
    expect(lacking([line, line, line], [line])).toEqual([line, line]);
    expect(lacking([line], [line, line])).toEqual([]);
  });

  it('changes nothing by being shown', () => {
    const world = intentAsked();
    const before = JSON.stringify(world.state);
    previewed(world, { type: 'stop', data: { reason: 'te weinig gemeenten' } });
    expect(JSON.stringify(world.state)).toBe(before);
  });

  it('names every date that a moved closing date moves, and the last session of each municipality', () => {
    const world = intentAsked().pass('2031-05-05');
    const to = day('2031-09-30');
    const shown = previewed(world, {
      type: 'move-deadline',
      data: { item: 'declaration-of-intent', to, reason: 'later' },
    });
    expect(shown.deadlines.map(({ key, from, to: next }) => `${key} ${from ?? ''} ${next ?? ''}`)).toContain(
      'declaration-of-intent 2031-06-30 2031-09-30',
    );
    const forWemmel = shown.deadlines.find(({ party, key }) => party === wemmel && key.startsWith('declaration'));
    expect(forWemmel?.lastSession?.from).toBe('2031-06-24');
    expect(shown.atOnce.map(({ kind }) => kind)).toEqual(Array<string>(4).fill('deadline-moved'));
    expect(shown.gone.length).toBeGreaterThan(0);
  });

  it('says what a stop calls off', () => {
    const world = intentAsked();
    const shown = previewed(world, { type: 'stop', data: { reason: 'te weinig gemeenten' } });
    expect(shown.added).toEqual([]);
    expect(shown.gone.length).toBeGreaterThan(4);
    expect(shown.atOnce.every(({ kind }) => kind === 'decision-news')).toBe(true);
    expect(world.now).toBe(at('2031-03-03'));
  });
});
