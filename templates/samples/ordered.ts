/** Mails in which who coordinates had a hand: a line of the own, and tests. */
import { ask, jan, type MailSample, sample } from './sample.ts';

const request = sample('request-with-line', 'contact', [ask]);
const lines = [{ by: jan, text: 'Bedankt voor het gesprek van vandaag.\nDe tekst van artikel 4 is aangepast.' }];

export const orderedMails: MailSample[] = [
  { ...request, message: { ...request.message, lines } },
  { ...sample('request-test', 'contact', [ask]), isTest: true },
  { ...sample('task-test', 'coordinator', [{ ...ask, kind: 'escalation' }]), isTest: true },
];
