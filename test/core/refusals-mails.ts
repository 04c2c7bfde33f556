/** What is refused about mails that are still to come. */
import { type Case, ended } from './refusals.ts';
import { ASKED, mine, to } from './wemmel.ts';
import { asse, contact, contactOf, intentAsked, wemmel } from './world.ts';

const about = (rule: string, deadline = '2031-06-13') => ({ subject: `${ASKED}#1`, rule, deadline });
const tenDays = { to: mine, what: [about('ten-days')] };
const overdue = { to: mine, what: [about('overdue', '2031-06-30')] };
/** On the morning after the request. */
const asked = () => intentAsked().pass('2031-03-05');
const underWay = () => intentAsked().pass('2031-03-04', to(mine, 'deferred'));
const line = { ...tenDays, text: 'Tot dinsdag.' };

const orders: Case[] = [
  { code: 'invalid-value', when: 'about nothing', path: asked, type: 'hold-mail', data: { to: mine, what: [] } },
  { code: 'invalid-value', when: 'to nobody', path: asked, type: 'hold-mail', data: { what: [about('ten-days')] } },
  { code: 'invalid-value', when: 'about half a thing', path: asked, type: 'skip-mail', data: { to: mine, what: [{}] } },
  {
    code: 'mail-not-coming',
    when: 'it went out already',
    path: asked,
    type: 'hold-mail',
    data: { to: mine, what: [about('request', '2031-06-30')] },
  },
  {
    code: 'mail-not-coming',
    when: 'it is for somebody else',
    path: asked,
    type: 'skip-mail',
    data: { ...tenDays, to: contact(asse) },
  },
  {
    code: 'mail-not-coming',
    when: 'its deadline was moved',
    path: asked,
    type: 'send-mail-now',
    data: { to: mine, what: [about('ten-days', '2031-06-12')] },
  },
  {
    code: 'invalid-date',
    when: 'until today',
    path: asked,
    type: 'hold-mail',
    data: { ...tenDays, until: '2031-03-05' },
  },
  { code: 'invalid-date', when: 'until some day', path: asked, type: 'hold-mail', data: { ...tenDays, until: 'ooit' } },
  {
    code: 'date-too-far',
    when: 'for years',
    path: asked,
    type: 'hold-mail',
    data: { ...tenDays, until: '2039-01-01' },
  },
  {
    code: 'nothing-changed',
    when: 'it is held already',
    path: () =>
      asked()
        .pass('2031-06-26')
        .tell('hold-mail', overdue as never),
    type: 'hold-mail',
    data: overdue,
  },
  { code: 'mail-not-held', when: 'nobody holds it', path: asked, type: 'release-mail', data: tenDays },
  { code: 'mail-under-way', when: 'another is on its way', path: underWay, type: 'send-mail-now', data: tenDays },
  {
    code: 'mails-paused',
    when: 'it is paused',
    path: () => asked().tell('pause', { reason: 'x' }),
    type: 'send-mail-now',
    data: tenDays,
  },
  {
    code: 'mail-too-early',
    when: 'it says that a day is over that is not',
    path: asked,
    type: 'send-mail-now',
    data: overdue,
  },
  {
    code: 'text-too-long',
    when: 'it is no line',
    path: asked,
    type: 'add-line',
    data: { ...line, text: 'x'.repeat(601) },
  },
  { code: 'invalid-value', when: 'it says nothing', path: asked, type: 'add-line', data: { ...line, text: ' ' } },
  { code: 'invalid-value', when: 'it rings a bell', path: asked, type: 'add-line', data: { ...line, text: 'a\u0007' } },
  { code: 'no-such-line', when: 'nothing was written', path: asked, type: 'remove-line', data: tenDays },
  {
    code: 'not-allowed',
    when: 'a contact asks for peace',
    path: asked,
    type: 'hold-mail',
    data: tenDays,
    by: contactOf(wemmel),
  },
  { code: 'path-ended', when: 'it is over', path: ended, type: 'hold-mail', data: tenDays },
];

export const mailCases = orders;
