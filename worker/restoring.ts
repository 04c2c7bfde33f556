/** What is being restored lies in a folder of this name until all of it is there. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './setup-error.ts';

export const RESTORING = '.restoring';

/** Throws a SetupError when a restore goes on in a data folder, or was broken off: who began there would begin with keys and no record. */
export function checkRestored(dataDir: string): void {
  if (!existsSync(join(dataDir, RESTORING))) return;
  throw new SetupError(
    `${dataDir} is being restored, or a restore was broken off there. When none goes on, empty the folder (${RESTORING} too) and restore again.`,
  );
}
