/** On one's own page: the day of the weekly digest, or none. */
import { formView } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import type { FormBody } from '../forms/values.ts';
import type { Session } from '../sign-in/session.ts';
import type { Web } from '../web.ts';

const FORM = 'weekoverzicht';
/** Who wants it on a day of the weekend gets it on the working day after it; nobody is offered that. */
const weekdays = ['1', '2', '3', '4', '5'] as const;
const NONE = '0';

/** Whoever sees regions with their people may have a digest of them; a reader has a page. */
export const mayHaveDigest = ({ role }: Session): boolean => role !== 'reader';

export async function digestView(web: Web, session: Session) {
  const { texts } = web.pages;
  const { digestWeekday } = await web.store.settings.settingsOf(session.account);
  const choices = [
    ...weekdays.map((day) => ({
      value: day,
      label: texts.text('digest.choice.on', { day: texts.text(`weekday.${day}`) }),
    })),
    { value: NONE, label: texts.text('digest.choice.none') },
  ];
  const value = String(digestWeekday);
  const spec = {
    ...{ id: FORM, action: '/account/weekoverzicht', submit: texts.text('digest.choice.submit'), isQuiet: true },
    fields: [{ name: 'weekday', kind: 'select' as const, label: texts.text('digest.choice.label'), value, choices }],
  };
  return { form: formView(spec, session.formToken) };
}

/** Keeps what was chosen, and says which of the pages of what was done it is; undefined for what nobody is offered. */
export async function chooseDigest(
  web: Web,
  session: Session,
  body: FormBody,
): Promise<'digest' | 'digest-off' | undefined> {
  const chosen = new FormReader(body, web.pages.texts).choice('weekday', [...weekdays, NONE]);
  if (chosen === undefined) return undefined;
  await web.store.settings.change(session.account, { digestWeekday: Number(chosen) });
  return chosen === NONE ? 'digest-off' : 'digest';
}
