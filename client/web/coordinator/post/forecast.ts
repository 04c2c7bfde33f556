/** The mails to come of one path, each with a name by which its page is found also when its day shifts. */
import { createHash } from 'node:crypto';
import { addDays, instantOf } from '../../../../domain/dates.ts';
import type { Instant } from '../../../../domain/ids.ts';
import { type ForecastMail, mailForecast } from '../../../../domain/mail-forecast.ts';
import type { Dossier } from '../../dossier.ts';

/** How far the page looks ahead. */
export const FORECAST_DAYS = 56;

export interface NamedMail extends ForecastMail {
  id: string;
}

/** What tells mails apart: the reader and the first thing that is said; what comes again is counted. */
function nameOf({ message, what }: ForecastMail): string {
  const [first] = what;
  return first === undefined ? message.key : [message.to, first.subject, first.rule].join(' ');
}

export const forecastEnd = ({ today }: Dossier) => addDays(today, FORECAST_DAYS);

export const forecastOf = (dossier: Dossier): NamedMail[] => forecastUntil(dossier, instantOf(forecastEnd(dossier), 0));

export function forecastUntil(dossier: Dossier, until: Instant): NamedMail[] {
  return mailForecast(dossier.state, dossier.now, until).map((mail) => ({
    ...mail,
    id: createHash('sha256').update(nameOf(mail)).digest('hex').slice(0, 16),
  }));
}

export const postAddress = (path: string): string => `/paden/${encodeURIComponent(path)}/post`;
