/** A mail server as a process of its own, that keeps each mail as a file before it says that it has it: `mail-server.ts FOLDER PORT`. */
import { openMailbox } from '../../client/mailbox.ts';
import { announceReady, stopWhenAsked } from '../../worker/lifecycle.ts';
import { exitWith } from '../../worker/setup-error.ts';

const [folder = '', port = ''] = process.argv.slice(2);

try {
  const server = await openMailbox(folder, Number(port));
  stopWhenAsked(() => server.close());
  announceReady();
} catch (error) {
  exitWith(error);
}
