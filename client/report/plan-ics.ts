/** A plan as a calendar. No record says how often a date of it moved: a later plan counts as a newer edition of every event. */
import { asInstant, asLocalDate } from '../../domain/ids.ts';
import { type AllDayEvent, icsOf } from '../calendar/ics.ts';
import type { PlanReport } from './plan.ts';

type Planned = Omit<AllDayEvent, 'sequence' | 'changedAt'>;

export function planIcs(plan: PlanReport, at: Date): string {
  const deadlines = plan.deadlines.map(({ key, on, why }): Planned => ({
    ...{ uid: `${plan.id}/deadline/${key}@regiopad`, on: asLocalDate(on) },
    ...{ summary: `${plan.partnership}: ${key}`, description: why },
  }));
  const cutoffs = plan.parties.flatMap(({ party, name, decisions }) =>
    decisions.flatMap(({ decision, agendaCutoff, lastSession, assumed }): Planned[] =>
      agendaCutoff === null
        ? []
        : [
            {
              ...{ uid: `${plan.id}/cutoff/${decision}/${party}@regiopad`, on: asLocalDate(agendaCutoff) },
              summary: `${name}: agenda cut-off for ${decision}${assumed ? ' (estimate)' : ''}`,
              description: `last session ${lastSession ?? '-'}`,
            },
          ],
    ),
  );
  // Minutes: an integer of 32 bits holds them for some thousands of years.
  const sequence = Math.floor(at.getTime() / 60_000);
  const changedAt = asInstant(at.getTime());
  return icsOf({
    product: '-//Regiopad//Plan//EN',
    events: [...deadlines, ...cutoffs].map((event) => ({ ...event, sequence, changedAt })),
  });
}
