/** Deadlines, agenda cut-offs, sessions and tasks, day by day. */
import { momentsOf } from '../../../domain/moments.ts';
import { momentText } from '../../calendar/words.ts';
import { columnsOf } from '../columns.ts';
import { about, define, place } from './source.ts';

export const deadlines = define({
  columns: columnsOf('on', 'partnership', 'path', 'party', 'nis', 'what', 'momentKind', 'isEstimate'),
  rowsOf: (dossier) =>
    momentsOf(dossier.state).map((moment) => ({
      on: moment.on,
      ...place(dossier),
      ...about(dossier, 'party' in moment ? moment.party : undefined),
      what: momentText(dossier, moment),
      momentKind: dossier.texts.text(`export.moment.${moment.kind}`),
      isEstimate: moment.isEstimate,
    })),
});
