/** Who sends a file to a path. */
import { actorFor, type OpenPath } from '../coordinator/access.ts';
import { PageError } from '../failures.ts';
import type { Web } from '../web.ts';

/** As it is kept with the file. Throws the page `path-ended`: nothing is added to a path that ended. */
export async function senderOf(web: Web, open: OpenPath): Promise<string> {
  if (open.dossier.state.ending !== undefined) throw new PageError('path-ended');
  const { personId } = await actorFor(web, open, 'request');
  return personId ?? open.session.account.id;
}
