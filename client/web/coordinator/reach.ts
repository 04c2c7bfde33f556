/** Somebody at whose address no mail arrives: since when, who gets the mails, and the button that says that it is right. */
import { localDay } from '../../../domain/dates.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { standInFor } from '../../../domain/reach.ts';
import { fullDay } from '../../dutch/format.ts';
import { type Dossier, personText } from '../dossier.ts';
import type { CommandForms } from './command-form.ts';

/** @param forms left out for who may not change anything */
export function reachOf(dossier: Dossier, person: PersonId | undefined, forms: CommandForms | undefined) {
  const { state, texts } = dossier;
  const found = person === undefined ? undefined : state.unreachable[person];
  if (person === undefined || found === undefined || state.ending !== undefined) return undefined;
  const instead = standInFor(state, person);
  return {
    sentences: [
      texts.text(`reach.since.${found.why}`, { day: fullDay(localDay(found.since)) }),
      instead === undefined
        ? texts.text('reach.self')
        : texts.text('reach.instead', { person: personText(dossier, instead) }),
      texts.text('reach.do'),
    ],
    form: forms?.form({
      ...{ command: 'confirm-address', about: person, submit: texts.text('reach.confirm'), hidden: { person } },
      isQuiet: true,
    }),
  };
}
