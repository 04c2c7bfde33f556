import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../domain/dates.ts';
import type { LawOf } from '../../domain/definition.ts';
import { lawsOf, windowMoves } from '../../domain/law.ts';
import { type Candidate, chooseWindow } from '../../domain/law/choose-window.ts';
import { decisionDue } from '../../domain/schedule.ts';
import { termEnd } from '../../domain/terms.ts';
import { findDecision } from '../../domain/lookup.ts';
import { adjourns, ask, lawWorld, says, seen } from './law-world.ts';
import { type World, allParties, asse, at, contact, coordinator, day, meise, wemmel, zaventem } from './world.ts';

const law: LawOf<'window'> = {
  key: 'together',
  article: 'artikelen 401-408',
  kind: 'window',
  decision: 'found',
  span: { months: 2 },
};
const notInElections = { ...law, notInElectionYear: true };

const autumn = ['2031-10-14', '2031-11-18', '2031-12-16', '2032-01-20'];

describe('a window is found before the first council decides', () => {
  test('the latest that leaves every council a second session', () => {
    const world = lawWorld([law], [autumn, autumn, ['2031-11-25', '2031-12-22']]);
    expect(seen(world, '2031-09-01')).toBe('open planned 2031-11-25..2032-01-26');
  });

  test('with one session of one council in it, it is tight, and that council is named', () => {
    const world = lawWorld([law], [autumn, ['2031-10-14']]);
    expect(seen(world, '2031-09-01')).toBe(`at-risk tight 2031-10-14..2031-12-15 ${meise}`);
  });

  test('a council that has no session with the others is named, not the others', () => {
    const world = lawWorld([law], [autumn, autumn, ['2031-06-10']]);
    expect(seen(world, '2031-05-01')).toMatch(new RegExp(`^at-risk no-window .* ${wemmel}$`));
  });

  test('without any session left before the deadline all stand in the way', () => {
    const world = lawWorld([law], [autumn, autumn]);
    expect(seen(world, '2032-01-25')).toBe(`at-risk no-window ${asse} ${meise}`);
  });

  test('a planned session pins it, and needs no second one', () => {
    const world = ask(lawWorld([law], [autumn, autumn, autumn]), '2031-09-01');
    says(world, meise, 'scheduled', '2031-10-14', '2031-09-05');
    expect(seen(world, '2031-09-06')).toBe('open planned 2031-10-14..2031-12-15');
  });

  test('sessions in a year of council elections are of no use', () => {
    // The expiry of 2030 is none of its business: only the year of the session is.
    const dates = { statutesBy: day('2031-02-28'), closesOn: day('2031-06-30') };
    const sessions = ['2030-11-19', '2030-12-17', '2031-01-21', '2031-02-18'];
    const free = lawWorld([law], [sessions, sessions], '2030-10-01', dates);
    const bound = lawWorld([notInElections], [sessions, sessions], '2030-10-01', dates);
    expect(seen(free, '2030-10-02')).toBe('open planned 2031-01-21..2031-02-28');
    expect(seen(bound, '2030-10-02')).toBe('open planned 2031-01-21..2031-02-28');
    const early = [['2030-11-19', '2030-12-17'], sessions];
    expect(seen(lawWorld([law], early, '2030-10-01', dates), '2030-10-02')).toMatch(/^open planned 2030-11-19/);
    expect(seen(lawWorld([notInElections], early, '2030-10-01', dates), '2030-10-02')).toMatch(
      new RegExp(`^at-risk no-window .* ${asse}$`),
    );
  });

  test('asked in a year of elections, with a session still to come in it: said before it is too late', () => {
    const dates = { statutesBy: day('2031-02-28'), closesOn: day('2031-06-30') };
    const sessions = ['2030-11-19', '2031-01-21', '2031-02-18'];
    const world = ask(lawWorld([notInElections], [sessions, sessions], '2030-10-01', dates), '2030-10-07');
    expect(seen(world, '2030-10-08')).toMatch(new RegExp(`^at-risk election-year .* ${asse} ${meise}$`));
    says(world, asse, 'approved', '2030-11-19');
    expect(seen(world, '2030-11-20')).toMatch(new RegExp(`^broken election-year 2030-11-19..2031-01-20 ${asse}$`));
  });

  test('it ends in time for what waits for the decision; a month later that comes too late', () => {
    const late = ['2031-12-16', '2032-01-20', '2032-02-17', '2032-03-16'];
    const world = lawWorld([law], [late, late], '2031-01-06', { statutesBy: day('2032-03-31') });
    const [found] = lawsOf(world.state, at('2031-11-01'));
    // Twenty-one days for the deed and a day to hand in, before 1 April.
    expect(found).toMatchObject({ finding: 'planned', from: '2032-01-20', until: '2032-03-10' });
    const moves = windowMoves(world.state, found!, at('2031-11-01'));
    expect(moves?.laterUntil).toBe('2032-04-20');
    expect(moves?.moved).toEqual([
      { kind: 'done', key: 'hand-in', on: '2032-04-01', laterOn: '2032-05-12', dueOn: '2032-04-01', becomesLate: true },
    ]);
  });

  test('a window that fits the councils and not what comes after is a risk, and is shown', () => {
    const late = ['2032-03-16', '2032-03-23'];
    const world = lawWorld([law], [late, late], '2031-01-06', { statutesBy: day('2032-03-31') });
    expect(seen(world, '2031-11-01')).toBe('at-risk late 2032-03-16..2032-03-31');
  });
});

describe('once the first council has decided, the others have until the end of its window', () => {
  const spread = ['2031-10-14', '2031-11-18', '2031-12-16', '2032-01-20'];
  const begun = (): World => {
    const world = ask(lawWorld([law], [spread, spread, spread]), '2031-09-01');
    return says(world, asse, 'approved', '2031-10-14');
  };

  test('the end is two months on, moved from a Sunday to the Monday (article 291)', () => {
    expect(seen(begun(), '2031-10-15')).toContain(' 2031-10-14..2031-12-15');
  });

  test.each([
    ['2031-12-31', '2032-03-01', 'to 29 February of a leap year, a Sunday'],
    ['2030-12-31', '2031-02-28', 'to 28 February'],
    ['2031-11-11', '2032-01-12', 'to a Sunday'],
    ['2031-05-11', '2031-07-14', 'to 11 July, a holiday on a Friday'],
    ['2031-10-25', '2031-12-26', 'to Christmas'],
    ['2031-09-15', '2031-11-17', 'to a Saturday'],
  ])('from %s until %s: %s', (from, until) => {
    const world = ask(lawWorld([law], [[from], ['2032-12-07']], '2030-01-07'), '2030-01-08');
    says(world, asse, 'approved', from);
    expect(seen(world, from)).toContain(`${from}..${until}`);
  });

  test('all in time, on the very last day too: met for good', () => {
    const last = lawWorld([law], [['2031-10-15'], ['2031-12-15']]);
    says(says(ask(last, '2031-09-01'), asse, 'approved', '2031-10-15'), meise, 'approved', '2031-12-15');
    expect(seen(last, '2031-12-15')).toBe('met met 2031-10-15..2031-12-15');
    expect(seen(last, '2040-01-01')).toBe('met met 2031-10-15..2031-12-15');
  });

  test('a day later is too late, and that council is named', () => {
    const world = lawWorld([law], [['2031-10-15'], ['2031-12-16']]);
    says(says(ask(world, '2031-09-01'), asse, 'approved', '2031-10-15'), meise, 'approved', '2031-12-16');
    expect(seen(world, '2031-12-16')).toBe(`broken too-late 2031-10-15..2031-12-15 ${meise}`);
  });

  test('one session left is tight, none is a risk, and after the last day it is broken', () => {
    const world = begun();
    expect(seen(world, '2031-11-10')).toBe(`at-risk no-session 2031-10-14..2031-12-15 ${meise} ${wemmel}`);
    expect(seen(world, '2031-10-20')).toBe(`at-risk tight 2031-10-14..2031-12-15 ${meise} ${wemmel}`);
    expect(seen(world, '2031-12-15')).toMatch(/^at-risk no-session/);
    expect(seen(world, '2031-12-16')).toBe(`broken passed 2031-10-14..2031-12-15 ${meise} ${wemmel}`);
  });

  test('a council that adjourns to a session after the end is named at once', () => {
    const world = says(begun(), meise, 'approved', '2031-11-18');
    adjourns(world, wemmel, '2031-11-18', '2032-01-20');
    expect(seen(world, '2031-11-19')).toBe(`at-risk planned-late 2031-10-14..2031-12-15 ${wemmel}`);
    says(world, wemmel, 'approved', '2032-01-20');
    expect(seen(world, '2032-01-21')).toBe(`broken too-late 2031-10-14..2031-12-15 ${wemmel}`);
  });

  test('a session in time that nobody reported may still count', () => {
    const world = says(begun(), meise, 'approved', '2031-11-18');
    says(world, wemmel, 'scheduled', '2031-11-18', '2031-11-01');
    expect(seen(world, '2031-12-20')).toBe(`at-risk unreported 2031-10-14..2031-12-15 ${wemmel}`);
  });

  test('a rejection is a risk while it can be asked again', () => {
    const world = says(says(begun(), meise, 'approved', '2031-11-18'), wemmel, 'rejected', '2031-11-18');
    expect(seen(world, '2031-11-19')).toBe(`at-risk rejected 2031-10-14..2031-12-15 ${wemmel}`);
  });

  test('approved with changes begins the window; it is met once they are accepted', () => {
    const world = ask(lawWorld([law], [spread, spread]), '2031-09-01');
    says(world, asse, 'approved-with-changes', '2031-10-14');
    expect(seen(world, '2031-10-15')).toBe(`at-risk tight 2031-10-14..2031-12-15 ${meise}`);
    says(world, meise, 'approved', '2031-11-18');
    world.tell('accept-changes', { party: asse, decision: 'found' }, coordinator, at('2031-12-01'));
    expect(seen(world, '2031-12-01')).toBe('met met 2031-10-14..2031-12-15');
  });

  test('the end of the window becomes the deadline of the others, and their reminders count from it', () => {
    const own = ['2031-10-14', '2031-11-18', '2031-12-16', '2032-01-20'];
    const world = lawWorld([law], [own, own]);
    ask(world, '2031-09-01').pass('2031-10-14');
    const due = (): string => decisionDue(world.state, findDecision(world.state, 'found')!, meise);
    expect(due()).toBe('2032-01-31');
    says(world, asse, 'approved', '2031-10-14');
    expect(due()).toBe('2031-12-15');
    // The last session that makes it is now 18 November, whose agenda closes on 7 November: four weeks before that have begun.
    world.pass('2031-12-20');
    expect(world.told(`found/${meise}`, '2031-10-15').slice(0, 4)).toEqual([
      `2031-10-15 ${contact(meise)} reminder four-weeks`,
      `2031-10-28 ${contact(meise)} reminder ten-days`,
      `2031-11-04 ${contact(meise)} reminder last-days`,
      '2031-11-10 test.1 escalation cutoff-passed',
    ]);
    const items = world.mails.flatMap(({ message }) => message.items);
    const lawOf = (rule: string): unknown => items.find((item) => 'rule' in item && item.rule === rule);
    expect(lawOf('request')).not.toHaveProperty('law');
    expect(lawOf('last-days')).toMatchObject({ dueOn: '2031-12-15', law: 'together' });
  });

  test('with two sessions left for the others it is open', () => {
    const world = ask(lawWorld([law], [spread, ['2031-11-04', '2031-12-02']]), '2031-09-01');
    expect(seen(says(world, asse, 'approved', '2031-10-14'), '2031-10-15')).toBe('open running 2031-10-14..2031-12-15');
  });

  test('a deadline before the end of the window stays', () => {
    const world = ask(lawWorld([law], [['2032-01-13'], ['2032-01-20']]), '2031-09-01');
    says(world, asse, 'approved', '2032-01-13');
    expect(decisionDue(world.state, findDecision(world.state, 'found')!, meise)).toBe('2032-01-31');
  });
});

describe('always', () => {
  const last = day('2031-12-31');
  const days = fc.array(
    fc.integer({ min: 0, max: 364 }).map((offset) => addDays(day('2031-01-01'), offset)),
    { minLength: 1, maxLength: 8 },
  );
  const candidates = fc.array(fc.tuple(days, fc.boolean()), { minLength: 1, maxLength: 4 }).map((all): Candidate[] =>
    all.map(([own, isPinned], index) => ({
      party: allParties[index] ?? zaventem,
      days: isPinned ? own.slice(0, 1) : own,
      isPinned,
    })),
  );
  const isIn = (own: string[], from: string, until: string): boolean => own.some((on) => on >= from && on <= until);

  test('a window that was found holds a session of everybody but those it names, and lies within its span', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const found = chooseWindow(all, law.span, last)!;
        expect(found.until <= termEnd(found.from, law.span) && found.until <= last).toBe(true);
        const missing = all.filter((one) => !isIn(one.days, found.from, found.until)).map(({ party }) => party);
        expect(found.missing).toEqual(missing);
      }),
    );
  });

  test('no other window takes in more', () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 0, max: 364 }), (all, offset) => {
        const from = addDays(day('2031-01-01'), offset);
        const taken = all.filter((one) => isIn(one.days, from, termEnd(from, law.span))).length;
        expect(all.length - chooseWindow(all, law.span, last)!.missing.length).toBeGreaterThanOrEqual(taken);
      }),
    );
  });

  test('whose sessions are moved out of every window with the others is the one who blocks', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const moved = { ...all[0]!, party: zaventem, days: [day('2030-01-07')] };
        const others = all.slice(0, 3).map((one, index) => ({ ...one, party: allParties[index]! }));
        const alone = chooseWindow(others, law.span, last)!;
        if (alone.missing.length > 0) return;
        const found = chooseWindow([...others, moved], law.span, last)!;
        expect(found.missing.length).toBeGreaterThan(0);
        if (others.length > 1) expect(found.missing).toEqual([zaventem]);
      }),
    );
  });
});
