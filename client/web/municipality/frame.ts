/** What stands around every page of a municipality: whose page it is, and whom to ask. */
import { helper } from '../dossier.ts';
import { isWrong, type Problem } from '../forms/fields.ts';
import type { FrameDetails } from '../web.ts';
import type { Visit } from './access.ts';

export function around({ dossier, party }: Visit): Pick<FrameDetails, 'help'> & { about: string } {
  const help = helper(dossier);
  return { about: `${dossier.partnership} · ${dossier.words.party(party.id)}`, ...(help && { help }) };
}

/** With a problem the title says so, and the status is 422. */
export const visitFrame = (visit: Visit, title: string, problem?: Problem): FrameDetails => ({
  ...around(visit),
  title: isWrong(problem) ? `${visit.dossier.texts.text('form.title-prefix')}${title}` : title,
  status: problem === undefined ? 200 : 422,
});
