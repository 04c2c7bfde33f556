import { describe, expect, it } from 'vitest';
import { readSessionRule } from '../../definitions/sessions/rule.ts';

const monthly = (nth: number, weekday: number, exceptMonths: number[] = []) => ({
  ...{ every: 'month', weekday, nth, exceptMonths },
});
const weekly = (weekday: number, exceptMonths: number[] = []) => ({ every: 'week', weekday, exceptMonths });

describe('meeting days can be written as a town hall writes them', () => {
  it.each([
    ['vierde woensdag, niet in juli en augustus', monthly(4, 3, [7, 8])],
    ['vierde woensdag van de maand, niet in juli, augustus en december', monthly(4, 3, [7, 8, 12])],
    ['laatste donderdag van de maand', monthly(-1, 4)],
    ['laatste dinsdag', monthly(-1, 2)],
    ['De derde dinsdag van elke maand.', monthly(3, 2)],
    ['elke 2de maandag van de maand, behalve in juli/augustus', monthly(2, 1, [7, 8])],
    ['eerste vrijdag, niet in december, juli en augustus', monthly(1, 5, [7, 8, 12])],
    ['elke maandag', weekly(1)],
    ['iedere dinsdag, niet in juli', weekly(2, [7])],
    ['De gemeenteraad vergadert op de vierde woensdag van de maand om 20 uur', monthly(4, 3)],
    ['eerste maandag van september tot juni', monthly(1, 1, [7, 8])],
    ['derde dinsdag, niet van juli t/m augustus', monthly(3, 2, [7, 8])],
    ['derde dinsdag, niet van juli tot en met augustus', monthly(3, 2, [7, 8])],
    ['derde dinsdag, niet tijdens de zomervakantie', monthly(3, 2, [7, 8])],
    ['elke di behalve aug.', weekly(2, [8])],
    ['laatste dinsdag, behalve in de schoolvakanties', { ...monthly(-1, 2), exceptPeriods: ['school-holidays'] }],
  ])('%s', (text, rule) => {
    expect(readSessionRule(text)).toEqual({ ok: true, rule });
  });

  it.each([
    ['derde vollemaan', 'unknown', 'vollemaan'],
    ['vierde wonsdag', 'unknown', 'wonsdag'],
    ['twaalfde woensdag', 'unknown', 'twaalfde'],
    ['voorlaatste woensdag van de maand', 'unknown', 'voorlaatste'],
    ['eerste en derde maandag', 'unknown', 'derde'],
    ['vierde woensdag, niet in de herfst', 'unknown', 'herfst'],
    ['vierde woensdag, maar 16 december 2031', 'unknown', '16 december 2031'],
    ['woensdag', 'no-nth', 'woensdag'],
    ['vierde', 'no-weekday', 'vierde'],
    ['elke maandag, niet van januari tot december', 'no-month', 'elke maandag, niet van januari tot december'],
    ['', 'no-weekday', ''],
  ])('refuses "%s": %s, and names "%s"', (text, kind, part) => {
    const read = readSessionRule(text);
    expect(read.ok ? [] : read.problems).toContainEqual({ kind, part });
  });
});
