/**
 * `regiopad keys`: which keys sign the links in mails and which encrypt histories; a new one of each; and taking an old one of links
 * away. No secret is ever printed.
 */
import { asInstant } from '../../domain/ids.ts';
import { localDay } from '../../domain/dates.ts';
import { loadConfig } from '../../worker/config.ts';
import { historyKeysPath, loadHistoryKeys, rotateHistoryKeys } from '../../worker/histories/keys.ts';
import type { Keys } from '../../worker/key-file.ts';
import { loadLinkKeys, retireLinkKey, rotateLinkKeys } from '../../worker/link-keys.ts';
import { badInput, exitCodes, Failure } from './failure.ts';
import { note, print, printJson } from './output.ts';

const uses = ['links', 'histories'] as const;
type Use = (typeof uses)[number];

/** What the newest key of each kind does, and what the older ones still do. */
const doings: Record<Use, { newest: string; older: string }> = {
  links: { newest: 'signs new links', older: 'still opens the links that it signed' },
  histories: { newest: 'encrypts histories', older: 'still decrypts what it encrypted' },
};

const rowsOf = (use: Use, { current, keys, since = {} }: Keys) =>
  Object.keys(keys).map((id) => ({ id, use, since: since[id] ?? null, isNewest: id === current }));

export function listKeys(options: { format: string }): void {
  const config = loadConfig();
  const rows = [...rowsOf('links', loadLinkKeys(config.dataDir)), ...rowsOf('histories', loadHistoryKeys(config))];
  if (options.format === 'json') {
    printJson(rows);
    return;
  }
  if (options.format !== 'table') throw badInput(`--format ${options.format}: expected table or json`);
  for (const { id, use, since, isNewest } of rows)
    print(`${id.padEnd(13)}${(since ?? 'the first').padEnd(12)}${doings[use][isNewest ? 'newest' : 'older']}`);
}

/** Running processes use the new key with the next mail or the next event; nothing has to be started again. */
export function rotateKeys(of: string): void {
  const use = uses.find((each) => each === of);
  if (use === undefined) throw badInput(`${of}: expected ${uses.join(' or ')}`);
  const config = loadConfig();
  const today = localDay(asInstant(Date.now()));
  if (use === 'links') {
    print(
      `${rotateLinkKeys(config.dataDir, today)} signs new links from now on. Links in mails that were sent before keep working.`,
    );
    return;
  }
  print(
    `${rotateHistoryKeys(config, today)} encrypts histories from now on. What was encrypted before stays readable with the keys before it.`,
  );
  note(`Keep a copy of ${historyKeysPath(config)} apart from the histories: without it nobody can read them.`);
}

/** Without `yes` it only says what would stop. */
export function retireKey(id: string, options: { yes?: true }): void {
  const config = loadConfig();
  const { dataDir } = config;
  if (Object.hasOwn(loadHistoryKeys(config).keys, id))
    throw new Failure(
      exitCodes.refused,
      `${id} stays: the paths whose histories it encrypted could not go on without it. To use another one from now on: regiopad keys rotate histories`,
    );
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
