/** What a call agreed, in words. */
import type { LocalDate } from '../../../domain/ids.ts';
import type { Call } from '../../../store/calls.ts';
import type { PageTexts } from '../../../templates/pages/locale.ts';
import { nearDay } from '../../dutch/format.ts';

/** `op vrijdag 7 maart: opnieuw bellen`; empty when nothing comes next. */
export const nextStepText = (
  texts: PageTexts,
  { nextOn, nextAction }: Pick<Call, 'nextOn' | 'nextAction'>,
  today: LocalDate,
): string =>
  nextOn === undefined
    ? nextAction
    : texts.text('calls.next-on', {
        day: nearDay(nextOn, today),
        action: nextAction || texts.text('calls.call-again'),
      });
