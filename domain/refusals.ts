/** Why a command is not accepted. A refusal is a value; its code is stable and has its words in the catalogue. */
export const refusalCodes = [
  'path-ended',
  'path-not-ended',
  'path-paused',
  'path-not-paused',
  'not-allowed',
  'unknown-party',
  'party-left',
  'party-exists',
  'unknown-decision',
  'unknown-task',
  'unknown-route',
  'unknown-body',
  'unknown-item',
  'not-on-route',
  'not-concerned',
  'not-requested',
  'not-open-yet',
  'too-early-to-ask',
  'already-answered',
  'already-requested',
  'nothing-to-correct',
  'not-decided-yet',
  'nothing-to-accept',
  'nothing-to-request',
  'not-optional',
  'text-version-too-low',
  'text-version-unchanged',
  'session-in-past',
  'session-in-future',
  'new-session-not-later',
  'changes-missing',
  'task-done',
  'task-not-done',
  'task-has-own-command',
  'route-fixed',
  'last-party',
  'round-other',
  'round-not-newer',
  'definition-other',
  'definition-not-newer',
  'answers-would-be-lost',
  'nothing-changed',
  'invalid-date',
  'invalid-value',
  'text-too-long',
  'not-submitted',
  'already-submitted',
  'already-decided',
  'date-too-far',
  'mail-not-coming',
  'mail-not-held',
  'mail-under-way',
  'mails-paused',
  'mail-too-early',
  'no-such-line',
] as const;
/** Refusals of the durable shell around the core: an id that was used for another command. */
export const shellRefusalCodes = ['command-id-reused'] as const;
export type RefusalCode = (typeof refusalCodes)[number] | (typeof shellRefusalCodes)[number];

export interface Refusal {
  code: RefusalCode;
  /** What the words may name: keys and dates, never people. */
  detail?: Record<string, string | number>;
}

export const isRefusal = (value: object): value is Refusal => 'code' in value;
