/** What is on record: the mails with their fate, and every event. */
import type { FastifyReply } from 'fastify';
import { nextDue } from '../../../domain/due.ts';
import type { Message } from '../../../domain/message.ts';
import { type Dossier, personText } from '../dossier.ts';
import { moment } from '../../dutch/format.ts';
import { historyOf } from '../history.ts';
import { sendPage, type Web } from '../web.ts';
import { frameOf, type OpenPath, tabsOf } from './access.ts';
import { headOf } from './path-page.ts';

const tones = { accepted: 'good', deferred: 'soon', refused: 'late', unknown: 'soon' } as const;
const MOST_MAILS = 500;

export async function sendMails(web: Web, reply: FastifyReply, open: OpenPath): Promise<FastifyReply> {
  const { dossier } = open;
  const { texts, state } = dossier;
  const entries = await web.store.ledger.entriesOf(state.id);
  const next = nextDue(state, dossier.now);
  const title = texts.text('path.tab.mails');
  const view = {
    ...headOf(dossier),
    tabs: tabsOf(open, 'mails'),
    title,
    next:
      next === undefined || next.messages.length === 0
        ? undefined
        : { when: moment(next.at), mails: next.messages.map((message) => messageLine(dossier, message)) },
    mails: entries
      .toReversed()
      .slice(0, MOST_MAILS)
      .map((entry) => ({
        when: moment(entry.firstAt),
        to: entry.address,
        kind: texts.text(`mail-kind.${entry.kind}`),
        subject: entry.subject,
        fate: texts.text(`mails.fate.${entry.outcome}`),
        tone: tones[entry.outcome],
        attempts: entry.attempts > 1 ? texts.text('mails.attempts', { count: entry.attempts }) : undefined,
        response: entry.outcome === 'accepted' ? undefined : entry.response,
      })),
  };
  return sendPage(web, reply, 'mails', frameOf(open, title), view);
}

const messageLine = (dossier: Dossier, message: Message): string =>
  `${dossier.texts.text(`mail-kind.${message.kind}`)}: ${personText(dossier, message.to)}`;

export async function sendLog(web: Web, reply: FastifyReply, open: OpenPath): Promise<FastifyReply> {
  const { dossier } = open;
  const events = await web.store.events.eventsOf(dossier.state.id);
  const title = dossier.texts.text('path.tab.log');
  const view = { ...headOf(dossier), tabs: tabsOf(open, 'log'), title, history: historyOf(dossier, events) };
  return sendPage(web, reply, 'log', frameOf(open, title), view);
}
