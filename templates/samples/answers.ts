/** Mails about an answer: the receipt for who gave it, and the news for who coordinates. */
import type { NewsItem } from '../../domain/message.ts';
import { ask, board, day, type MailSample, onlyLast, sample, tooLate, wemmel } from './sample.ts';

export const news: NewsItem = {
  type: 'news',
  kind: 'answer-news',
  seq: 9,
  decision: 'declaration-of-intent',
  party: wemmel,
  answer: 'approved',
  textVersion: 1,
  sessionOn: day('2031-05-20'),
};
const planned: NewsItem = {
  ...news,
  answer: 'scheduled',
  sessionOn: day('2031-09-23'),
  tooLateFor: day('2031-06-30'),
};
const { sessionOn: _on, ...noDay } = news;
const changes = 'Artikel 7: de bijdrage is 10.000 euro.\nArtikel 12: het mandaat loopt tot 31 december 2032.';

const answers: [name: string, item: NewsItem][] = [
  ['scheduled', { ...news, answer: 'scheduled' }],
  ['scheduled-no-day', { ...noDay, answer: 'scheduled' }],
  ['approved', news],
  ['approved-no-day', noDay],
  ['changes', { ...news, answer: 'approved-with-changes', changes }],
  ['changes-no-day', { ...noDay, answer: 'approved-with-changes', changes }],
  ['adjourned', { ...news, answer: 'adjourned', sessionOn: day('2031-06-24'), again: true }],
  ['adjourned-no-day', { ...noDay, answer: 'adjourned' }],
  ['rejected', { ...news, answer: 'rejected', reason: 'De raad vindt de bijdrage te hoog.', corrected: true }],
  ['rejected-optional', { ...news, answer: 'rejected', optional: true }],
  ['rejected-no-day', { ...noDay, answer: 'rejected', onBehalfOf: true }],
];
const asReceipt = (item: NewsItem): NewsItem => ({ ...item, kind: 'receipt' });
const AFTER = '2031-05-21';
const adjourned: NewsItem = { ...noDay, answer: 'adjourned' };

export const answerMails: MailSample[] = [
  ...answers.map(([name, item]) => sample(`news-${name}`, 'coordinator', [item], AFTER)),
  ...answers.map(([name, item]) => sample(`receipt-${name}`, 'contact', [asReceipt(item)], AFTER)),
  sample('news-three', 'coordinator', [news, { ...news, party: board }, { ...noDay, answer: 'scheduled' }], AFTER),
  sample('news-two', 'coordinator', [news, { ...news, party: board }], AFTER),
  sample('news-adjourned-estimate', 'coordinator', [adjourned], AFTER, () => ({
    sessionsFor: () => ({ ...ask, ...onlyLast, assumed: true }),
  })),
  sample('news-adjourned-too-late', 'coordinator', [adjourned], '2031-06-18', () => ({
    sessionsFor: () => ({ ...ask, ...tooLate }),
  })),
  sample('news-adjourned-not-due', 'coordinator', [adjourned], AFTER, () => ({ sessionsFor: () => undefined })),
  sample('news-too-late', 'coordinator', [planned], AFTER),
  sample('receipt-board', 'coordinator', [asReceipt(news)], AFTER),
  sample('receipt-too-late', 'contact', [asReceipt(planned)], AFTER),
];
