/** Calls about a region, for who follows it: logging one, and what was said before. Municipalities and readers never see any. */
import { addDays, localDay } from '../../domain/dates.ts';
import { workingDayOnOrAfter } from '../../domain/calendar.ts';
import type { Instant, LocalDate, PartyId, PersonId } from '../../domain/ids.ts';
import type { Call, CallOutcome } from '../../store/calls.ts';
import type { Store } from '../../store/store.ts';
import type { WrittenVia } from '../../store/written.ts';
import { type Circle, mayNote, type Viewer } from '../access/viewer.ts';
import type { ErrorCode } from '../errors.ts';

/** In characters. */
export const CALL_NOTE_LENGTH = 2_000;
/** A next step lies within a year. */
export const FARTHEST_CALL_DAYS = 366;

export interface CallInput {
  /** The same id again changes nothing. */
  id: string;
  party?: PartyId;
  person?: PersonId;
  concerns: string[];
  outcome: CallOutcome;
  note: string;
  nextAction: string;
  nextOn?: LocalDate;
  via: WrittenVia;
}

export type CallRefusal = {
  ok: false;
  code: ErrorCode;
  detail?: Record<string, string | number>;
  field?: keyof CallInput;
};
export type CallAnswer = { ok: true; call: Call } | CallRefusal;

interface Tools {
  store: Pick<Store, 'calls'>;
  clock: () => Instant;
}

const refused = (code: ErrorCode, more: Omit<CallRefusal, 'ok' | 'code'> = {}): CallAnswer => ({
  ok: false,
  code,
  ...more,
});

/** When somebody who was not reached, or is to be called later, comes back by default. */
export const nextWorkingDay = (now: Instant): LocalDate => workingDayOnOrAfter(addDays(localDay(now), 1));

/** Newest first; nothing for who may not log any. */
export const callsOf = async (
  { store }: Tools,
  viewer: Viewer,
  circle: Circle,
  options: { limit?: number } = {},
): Promise<Call[]> => (mayNote(viewer, circle) ? store.calls.callsOf(circle.id, options) : []);

/**
 * Logs a call. Who was not reached, and what is for later, comes back on the next working day unless a day is given.
 * Refused with `forbidden`, `text-too-long`, `call-day-wrong`, or `command-id-reused` when another call has that id.
 */
export async function logCall(
  { store, clock }: Tools,
  viewer: Viewer,
  circle: Circle,
  input: CallInput,
): Promise<CallAnswer> {
  if (!mayNote(viewer, circle)) return refused('forbidden');
  const { note, nextAction, nextOn, outcome, ...rest } = input;
  const tooLong = (
    [
      ['note', note],
      ['nextAction', nextAction],
    ] as const
  ).find(([, text]) => text.trim().length > CALL_NOTE_LENGTH);
  if (tooLong !== undefined) return refused('text-too-long', { detail: { max: CALL_NOTE_LENGTH }, field: tooLong[0] });
  const today = localDay(clock());
  const isWrongDay = nextOn !== undefined && (nextOn < today || nextOn > addDays(today, FARTHEST_CALL_DAYS));
  if (isWrongDay) return refused('call-day-wrong', { field: 'nextOn' });
  const again = nextOn ?? (outcome === 'not-reached' || outcome === 'later' ? nextWorkingDay(clock()) : undefined);
  const call = await store.calls.add({
    ...rest,
    ...{ path: circle.id, outcome, note: note.trim(), nextAction: nextAction.trim() },
    ...(again !== undefined && { nextOn: again }),
    ...{ account: viewer.account.id, author: viewer.account.name },
  });
  const isOther = call.path !== circle.id || call.outcome !== outcome || call.note !== note.trim();
  return isOther ? refused('command-id-reused') : { ok: true, call };
}
