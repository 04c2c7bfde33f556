import { describe, expect, it } from 'vitest';
import { readSessionRule } from '../../definitions/session-rule.ts';

describe('meeting days can be written as a town hall writes them', () => {
  it.each([
    ['vierde woensdag, niet in juli en augustus', { every: 'month', weekday: 3, nth: 4, exceptMonths: [7, 8] }],
    ['laatste donderdag van de maand', { every: 'month', weekday: 4, nth: -1, exceptMonths: [] }],
    ['De derde dinsdag van elke maand.', { every: 'month', weekday: 2, nth: 3, exceptMonths: [] }],
    [
      'elke 2de maandag van de maand, behalve in juli/augustus',
      { every: 'month', weekday: 1, nth: 2, exceptMonths: [7, 8] },
    ],
    [
      'eerste vrijdag, niet in december, juli en augustus',
      { every: 'month', weekday: 5, nth: 1, exceptMonths: [7, 8, 12] },
    ],
    ['elke maandag', { every: 'week', weekday: 1, exceptMonths: [] }],
    ['iedere dinsdag, niet in juli', { every: 'week', weekday: 2, exceptMonths: [7] }],
  ])('%s', (text, rule) => {
    expect(readSessionRule(text)).toEqual({ ok: true, rule });
  });

  it.each([
    ['woensdag', 'does not say which one of the month'],
    ['vierde wonsdag', 'has no weekday: wonsdag'],
    ['twaalfde woensdag', 'has no number: twaalfde'],
    ['vierde woensdag, niet in de zomer', 'has no month called de'],
    ['om de twee weken', 'is not a rule for meeting days'],
    ['', 'is not a rule for meeting days'],
  ])('refuses "%s": it %s', (text, message) => {
    expect(readSessionRule(text)).toMatchObject({
      ok: false,
      message,
      expected: expect.stringContaining('vierde woensdag') as string,
    });
  });
});
