/** What a form would change, before it is sent: dates, mails, conditions. Nothing changes here. */
import type { FastifyReply } from 'fastify';
import type { Command } from '../../../domain/commands.ts';
import { localDay } from '../../../domain/dates.ts';
import type { LocalDate, PartyId } from '../../../domain/ids.ts';
import { dateKey, findDecision, findTask } from '../../../domain/lookup.ts';
import type { Preview, PreviewNote } from '../../../domain/preview.ts';
import { type DateRow, type MailRow, dateRows, mailCount, mailRows } from '../../report/change-rows.ts';
import { capital, fullDay, joined } from '../../dutch/format.ts';
import { type FormBody, hiddenFields } from '../forms/values.ts';
import { sendPage, type Web } from '../web.ts';
import { frameOf, type OpenPath, tabsOf } from './access.ts';
import { crossedTexts } from './conditions.ts';
import { headOf } from './head.ts';

type Dossier = OpenPath['dossier'];

export interface PreviewedForm {
  open: OpenPath;
  body: FormBody;
  /** Where the form stands and is sent to, below the path prefix. */
  page: string;
  command: Command;
  commandId: string;
}

export function sendPreview(web: Web, reply: FastifyReply, form: PreviewedForm, shown: Preview): FastifyReply {
  const { open, page } = form;
  const { dossier } = open;
  const { texts } = dossier;
  const title = texts.text('preview.heading');
  const { conditions } = shown;
  return sendPage(web, reply, 'preview', frameOf(open, title), {
    ...headOf(dossier),
    tabs: tabsOf(open, 'none'),
    ...{ title, home: open.home, isDone: false, action: page },
    hidden: hiddenOf(form),
    what: texts.text(`preview.what.${whatOf(form.command)}`),
    dates: datesView(dossier, dateRows(shown)),
    atOnce: mailsView(dossier, 'at-once', shown.atOnce),
    gone: mailsView(dossier, 'gone', shown.gone),
    added: mailsView(dossier, 'added', shown.added),
    isSilent: shown.atOnce.length + shown.gone.length + shown.added.length === 0,
    until: texts.text('preview.until', { day: fullDay(localDay(shown.until)) }),
    notes: [
      ...shown.notes.map((note) => noteText(dossier, note)),
      ...crossedTexts(dossier, conditions.crossed, conditions.before),
    ],
  });
}

/** Asking everybody again has words of its own. */
const whatOf = ({ type, data }: Command): string =>
  type === 'request' && data.approvals === 'ask-again' ? 'request-again' : type;

/** Everything that was filled in, to be sent as it is: as the same command. */
function hiddenOf({ open, body, commandId }: PreviewedForm): { name: string; value: string }[] {
  const own = ['_preview', '_back', '_command'];
  const kept = hiddenFields(body).filter(({ name }) => !own.includes(name));
  return [...kept, { name: '_form', value: open.session.formToken }, { name: '_command', value: commandId }];
}

/** A date, decision or task as the reader knows it. */
function titleOf({ state, words }: Dossier, key: string): string {
  const prefix = dateKey('');
  if (key.startsWith(prefix)) return capital(words.date(key.slice(prefix.length)));
  if (findDecision(state, key) !== undefined) return words.decision(key).title;
  return findTask(state, key) === undefined ? key : words.task(key).title;
}

const names = ({ words }: Dossier, parties: readonly PartyId[]): string =>
  joined(parties.map((party) => capital(words.party(party))));

/** For each date, task or decision its changes: for everybody first, then for some. */
const datesView = (dossier: Dossier, rows: readonly DateRow[]) =>
  [...Map.groupBy(rows, ({ key }) => key)].map(([key, changes]) => ({
    title: titleOf(dossier, key),
    changes: changes.map((row) => changeView(dossier, row)),
  }));

function changeView(dossier: Dossier, { from, to, parties, lastSession: session }: DateRow) {
  const { texts } = dossier;
  const change = (before: LocalDate | undefined, after: LocalDate | undefined): string | undefined => {
    if (before === undefined) return after && texts.text('preview.new', { to: fullDay(after) });
    if (after === undefined) return texts.text('preview.gone-date', { from: fullDay(before) });
    return texts.text('preview.from-to', { from: fullDay(before), to: fullDay(after) });
  };
  return {
    who: parties.length === 0 ? texts.text('preview.everybody') : names(dossier, parties),
    change: change(from, to),
    session: session && (change(session.from, session.to) ?? texts.text('preview.none')),
    isEstimate: session?.assumed === true,
  };
}

function mailView(dossier: Dossier, { on, kind, role, item, parties }: MailRow) {
  const { texts } = dossier;
  const isToContacts = role !== 'coordinator' && parties.length > 0;
  return {
    day: fullDay(on),
    kind: texts.text(`mail-kind.${kind}`),
    about: item === undefined ? '' : titleOf(dossier, item),
    to: isToContacts ? names(dossier, parties) : texts.text('preview.coordinator'),
    parties: isToContacts || parties.length === 0 ? undefined : names(dossier, parties),
  };
}

function mailsView(dossier: Dossier, key: 'at-once' | 'gone' | 'added', lines: Preview['gone']) {
  if (lines.length === 0) return undefined;
  const heading = dossier.texts.text(`preview.${key}`, { count: mailCount(lines) });
  return { heading, id: `mails-${key}`, rows: mailRows(lines).map((row) => mailView(dossier, row)) };
}

function noteText(dossier: Dossier, note: PreviewNote): string {
  const { texts, words } = dossier;
  switch (note.code) {
    case 'date-kept':
      return texts.text('preview.date-kept', { date: capital(words.date(note.key)), day: fullDay(note.on) });
    case 'task-gone':
      return texts.text('preview.task-gone', { task: words.task(note.task).title });
    case 'ask-gone':
    case 'approval-carried': {
      const values = { decision: words.decision(note.decision).title, party: words.party(note.party) };
      return texts.text(`preview.${note.code}`, values);
    }
  }
}
