/** On the page of a region: what has to be arranged by now before handing in. */
import type { Ticked } from '../../../store/checklist.ts';
import { dueItems, filingOf } from '../../exports/kiosk/filing.ts';
import { homeOfPath } from '../coordinator/access.ts';
import type { Dossier } from '../dossier.ts';

/** Undefined when there is nothing yet, or nothing any more. */
export function checklistToDo(dossier: Dossier, ticked: readonly Ticked[]) {
  const items = dueItems(dossier, ticked).map(({ title }) => title);
  const platform = filingOf(dossier)?.platform;
  if (platform === undefined || items.length === 0) return undefined;
  return {
    heading: dossier.texts.text('checklist.heading', { platform }),
    items,
    href: `${homeOfPath(dossier.state.id)}/dossier`,
  };
}
