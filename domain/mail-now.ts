/** A mail that does not wait for its morning: sent by the word of who coordinates, or looked at as it would be now. */
import { localDay } from './dates.ts';
import { type Addressee, addressees, allFirings, morningDay, morningMessage } from './due.ts';
import type { Instant, LocalDate, PersonId } from './ids.ts';
import type { MailKey } from './mail-order.ts';
import { holdOn, isFor, keyOf, saysSame } from './mail-orders.ts';
import type { MailKind, Message } from './message.ts';
import { isWaiting } from './progress.ts';
import type { Firing } from './reminders.ts';
import type { PathState } from './state.ts';

export interface Coming {
  firing: Firing;
  who: Addressee;
}

/** What rules have to say to each person, held or not, by now or later. */
export const comingToEach = (state: PathState, now: Instant): Map<PersonId, Coming[]> =>
  Map.groupBy(
    allFirings(state, now).flatMap((firing) =>
      addressees(state, firing)
        .filter(({ person }) => isFor(state, firing, person))
        .map((who) => ({ firing, who })),
    ),
    ({ who }) => who.person,
  );

/** The same for one of them. */
export const comingTo = (state: PathState, to: PersonId, now: Instant): Coming[] =>
  comingToEach(state, now).get(to) ?? [];

/** What is named, and earlier things about the same that would be in the same mail. */
export function withSameMail(state: PathState, to: PersonId, named: readonly MailKey[], now: Instant): Firing[] {
  const all = comingTo(state, to, now).map(({ firing }) => firing);
  const dayOf = (firing: Firing): LocalDate => morningDay(state, to, firing, now);
  const chosen = all.filter((firing) => named.some((key) => saysSame(key, keyOf(firing))));
  return all.filter((firing) => {
    const isWith = (one: Firing): boolean => firing.on <= one.on && dayOf(firing) === dayOf(one);
    return chosen.some((one) => one === firing || (one.subject.key === firing.subject.key && isWith(one)));
  });
}

/** What is named, and everything about the same that would have come before it: sent now, it takes that in. */
function takenIn(firings: readonly Firing[], named: readonly MailKey[]): Firing[] {
  const chosen = firings.filter((firing) => named.some((key) => saysSame(key, keyOf(firing))));
  return firings.filter((firing) =>
    chosen.some(({ subject, on }) => subject.key === firing.subject.key && firing.on <= on),
  );
}

/** What is named as a mail of this moment, and nothing else that is due. */
export function heldMessage(
  state: PathState,
  to: PersonId,
  named: readonly MailKey[],
  now: Instant,
): Message | undefined {
  const coming = comingTo(state, to, now).filter(({ firing }) => named.some((key) => saysSame(key, keyOf(firing))));
  const [first] = coming;
  if (first === undefined) return undefined;
  const firings = coming.map(({ firing }) => firing);
  return morningMessage(state, { ...first.who, at: now, day: localDay(now), firings, held: [], isPlain: true });
}

/** Kinds that say that a day is over. */
const afterwards: readonly MailKind[] = ['overdue', 'outcome-question', 'escalation'];

/** The day after which a thing can be said, when it is brought forward too far: until then it is not true, or is to be silent. */
export function tooEarlyUntil(firing: Firing, today: LocalDate): LocalDate | undefined {
  if (firing.on <= today) return undefined;
  const { subject, kind, deadline } = firing;
  const session = subject.type === 'ask' && isWaiting(subject.ask) ? subject.ask.answer?.sessionOn : undefined;
  if (session !== undefined && session >= today) return session;
  return afterwards.includes(kind) && deadline >= today ? deadline : undefined;
}

/**
 * One mail to somebody at this moment: some of what is to come, held or not, and everything that is due by now. Undefined when
 * nothing of what is named is to come. With it what it says and takes in.
 */
export function messageNow(
  state: PathState,
  to: PersonId,
  named: readonly MailKey[],
  { now, seq }: { now: Instant; seq: number },
): { message: Message; firings: Firing[] } | undefined {
  const day = localDay(now);
  const coming = comingTo(state, to, now);
  const all = coming.map(({ firing }) => firing);
  const wanted = new Set(takenIn(all, named));
  const who = coming.find(({ firing }) => wanted.has(firing))?.who;
  if (who === undefined) return undefined;
  const isHeld = (firing: Firing): boolean => !wanted.has(firing) && holdOn(state, firing, to) !== undefined;
  const isDue = (firing: Firing): boolean => firing.on <= day && (firing.after ?? now) <= now && !isHeld(firing);
  const said = all.filter((firing) => wanted.has(firing) || isDue(firing));
  const message = morningMessage(state, { ...who, at: now, day, firings: said, held: all.filter(isHeld) });
  const key = `${state.id}/${to}/${message.kind}/${String(seq)}/${day}`;
  return { message: { ...message, key, atOnce: true }, firings: said };
}
