/** What is on record: the mails with their fate, and every event. */
import type { FastifyReply } from 'fastify';
import { nextDue } from '../../../domain/due.ts';
import type { Message } from '../../../domain/message.ts';
import { type Dossier, personText } from '../dossier.ts';
import { moment } from '../../dutch/format.ts';
import { callsOf } from '../../services/calls.ts';
import { historyOf } from '../history.ts';
import { withCalls } from '../history-calls.ts';
import { sendPage, type Web } from '../web.ts';
import { frameOf, type OpenPath, tabsOf } from './access.ts';
import { mailFacts } from './mail-facts.ts';
import { headOf } from './head.ts';

const MOST_MAILS = 500;

export async function sendMails(web: Web, reply: FastifyReply, open: OpenPath): Promise<FastifyReply> {
  const { dossier } = open;
  const { texts, state } = dossier;
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
    mails: await mailFacts(web.store, dossier, MOST_MAILS),
  };
  return sendPage(web, reply, 'mails', frameOf(open, title), view);
}

const messageLine = (dossier: Dossier, message: Message): string =>
  `${dossier.texts.text(`mail-kind.${message.kind}`)}: ${personText(dossier, message.to)}`;

export async function sendLog(web: Web, reply: FastifyReply, open: OpenPath): Promise<FastifyReply> {
  const { dossier } = open;
  const [events, calls] = await Promise.all([
    web.store.events.saidEventsOf(dossier.state.id),
    callsOf(web, open.session, dossier.state),
  ]);
  const title = dossier.texts.text('path.tab.log');
  const history = withCalls(dossier, historyOf(dossier, events), calls);
  const view = { ...headOf(dossier), tabs: tabsOf(open, 'log'), title, history };
  return sendPage(web, reply, 'log', frameOf(open, title), view);
}
