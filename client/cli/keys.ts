/** `regiopad keys`: which keys sign the links in mails; a new one; and taking an old one away. No secret is ever printed. */
import { asInstant } from '../../domain/ids.ts';
import { localDay } from '../../domain/dates.ts';
import { loadConfig } from '../../worker/config.ts';
import { loadLinkKeys, retireLinkKey, rotateLinkKeys } from '../../worker/link-keys.ts';
import { badInput, exitCodes, Failure } from './failure.ts';
import { note, print, printJson } from './output.ts';

export function listKeys(options: { format: string }): void {
  const { current, keys, since = {} } = loadLinkKeys(loadConfig().dataDir);
  const rows = Object.keys(keys).map((id) => ({ id, since: since[id] ?? null, signs: id === current }));
  if (options.format === 'json') {
    printJson(rows);
    return;
  }
  if (options.format !== 'table') throw badInput(`--format ${options.format}: expected table or json`);
  for (const { id, since: from, signs } of rows) {
    const what = signs ? 'signs new links' : 'still opens the links that it signed';
    print(`${id.padEnd(6)}${(from ?? 'the first').padEnd(12)}${what}`);
  }
}

/** Running processes use the new key with the next mail; nothing has to be started again. */
export function rotateKeys(): void {
  const id = rotateLinkKeys(loadConfig().dataDir, localDay(asInstant(Date.now())));
  print(`${id} signs new links from now on. Links in mails that were sent before keep working.`);
}

/** Without `yes` it only says what would stop. */
export function retireKey(id: string, options: { yes?: true }): void {
  const { dataDir } = loadConfig();
  const { current, keys } = loadLinkKeys(dataDir);
  const isOld = Object.hasOwn(keys, id) && id !== current;
  if (isOld && options.yes !== true) {
    note(
      [
        `Every link and every code in a mail that ${id} signed stops at once, and whoever is on such a page has to open a newer mail.`,
        'Contacts get a new link with their next mail; until then they ask their coordinator. This cannot be undone.',
      ].join('\n'),
    );
    throw new Failure(exitCodes.refused, `Nothing was changed. To retire it: regiopad keys retire ${id} --yes`);
  }
  retireLinkKey(dataDir, id);
  print(`${id} is gone: what it signed no longer opens.`);
}
