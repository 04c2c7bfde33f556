/** What is still to leave: every mail of the coming weeks, by week and day. */
import type { FastifyReply } from 'fastify';
import { addDays, localDay, weekday } from '../../../../domain/dates.ts';
import type { LocalDate } from '../../../../domain/ids.ts';
import { municipalities } from '../../../../domain/lookup.ts';
import { fullDay, nearDay, weekdayDate } from '../../../dutch/format.ts';
import type { Dossier } from '../../dossier.ts';
import { fieldView } from '../../forms/fields.ts';
import { sendPage, type Web } from '../../web.ts';
import { frameOf, type OpenPath, tabsOf } from '../access.ts';
import { headOf } from '../head.ts';
import { FORECAST_DAYS, forecastEnd, forecastOf, type NamedMail, postAddress } from './forecast.ts';
import { heldWarnings } from './to-do.ts';
import { ledgerOf, mailView } from './view.ts';

export const PARTY_FIELD = 'gemeente';

const concerns = ({ message }: NamedMail, party: string): boolean =>
  message.party === party || message.items.some((item) => 'party' in item && item.party === party);

const mondayOf = (day: LocalDate): LocalDate => addDays(day, 1 - weekday(day));

/** @param message about an order that could not be carried out, when its mail is not on the list any more */
export async function sendPost(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  options: { party: string; isDone: boolean; message?: string },
): Promise<FastifyReply> {
  const { dossier } = open;
  const { texts, words, state } = dossier;
  const title = texts.text('post.heading');
  const all = state.ending === undefined ? forecastOf(dossier) : [];
  const mails = options.party === '' ? all : all.filter((mail) => concerns(mail, options.party));
  const ledger = await ledgerOf(web, dossier, all);
  const viewOf = async (mail: NamedMail) => ({ ...(await mailView(web, dossier, mail, ledger)), at: mail.at });
  const those = (status: NamedMail['status']) =>
    Promise.all(mails.filter((mail) => mail.status === status).map(viewOf));
  const [underWay, held, coming] = await Promise.all([those('under-way'), those('held'), those('coming')]);
  const parties = municipalities(state).map(({ id }) => ({ value: id, label: words.party(id) }));
  return sendPage(web, reply, 'post', frameOf(open, title, options.message !== undefined), {
    ...headOf(dossier),
    ...{ tabs: tabsOf(open, 'post'), title, home: open.home, isDone: options.isDone, action: postAddress(state.id) },
    summary: options.message === undefined ? undefined : { id: 'post-fout', message: options.message, errors: [] },
    explanation: texts.text('post.explanation', { day: fullDay(forecastEnd(dossier)), weeks: FORECAST_DAYS / 7 }),
    filter: fieldView('filter', {
      ...{ name: PARTY_FIELD, label: texts.text('post.filter'), kind: 'select', value: options.party },
      choices: [{ value: '', label: texts.text('post.everybody') }, ...parties],
    }),
    warnings: heldWarnings(dossier),
    ...{ underWay, held, weeks: weeksOf(dossier, coming) },
    isEmpty: mails.length === 0,
  });
}

function weeksOf<Mail extends { at: NamedMail['at'] }>({ texts, today }: Dossier, mails: readonly Mail[]) {
  const dated = mails.flatMap((mail) => (mail.at === undefined ? [] : [{ mail, day: localDay(mail.at) }]));
  return [...Map.groupBy(dated, ({ day }) => mondayOf(day))].map(([monday, week]) => ({
    id: `week-${monday}`,
    title: texts.text(monday === mondayOf(today) ? 'post.this-week' : 'post.week', { day: nearDay(monday, today) }),
    days: [...Map.groupBy(week, ({ day }) => day)].map(([day, group]) => ({
      title: weekdayDate(day),
      mails: group.map(({ mail }) => mail),
    })),
  }));
}
