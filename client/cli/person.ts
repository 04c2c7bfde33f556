/** `regiopad person`: everything that is known about one person, to hand it over or to take it out. Works while the server is away. */
import { writeFile } from 'node:fs/promises';
import { asInstant } from '../../domain/ids.ts';
import type { KnownPerson, PersonAsked } from '../../store/persons.ts';
import type { Store } from '../../store/store.ts';
import { messageOf } from '../../worker/setup-error.ts';
import { erasure, type Need, neededIn } from '../services/erasure.ts';
import { table } from '../report/table.ts';
import { badInput, exitCodes, Failure } from './failure.ts';
import { note, print, printJson } from './output.ts';
import { withStore } from './running.ts';

const FORMAT = 'regiopad-person-1';

export async function exportPerson(address: string, options: { name?: string; out?: string }): Promise<void> {
  const asked = askedFor(address, options);
  await withStore(async (store) => {
    await known(store, asked);
    const everything = {
      format: FORMAT,
      asked,
      at: asInstant(Date.now()),
      ...(await store.persons.everythingOf(asked)),
    };
    if (options.out === undefined) {
      printJson(everything);
      return;
    }
    try {
      await writeFile(options.out, `${JSON.stringify(everything, undefined, 2)}\n`, { mode: 0o600 });
    } catch (error) {
      throw badInput(`--out ${options.out}: expected a file that can be written (${messageOf(error)})`);
    }
    note(`everything about ${address} is in ${options.out}`);
  });
}

/** Without `yes` it only says what would change. */
export async function erasePerson(
  address: string,
  options: { name?: string; dryRun?: true; yes?: true },
): Promise<void> {
  const asked = askedFor(address, options);
  await withStore(async (store) => {
    const { people, account } = await known(store, asked);
    const needs = await neededIn(store, { people });
    if (needs.length > 0)
      throw new Failure(
        exitCodes.refused,
        `${address} is still needed: ${needs.map(saidNeed).join('; ')}. Let somebody else take over first (regiopad tell, or the page of the region).`,
      );
    const isReal = options.yes === true && options.dryRun !== true;
    const erased = isReal
      ? await store.persons.erase(asked, erasure)
      : await store.persons.foreseeErasure(asked, erasure);
    print(
      table([
        ['who', 'becomes'],
        ...people.map((person) => [`${person.name} (${person.id})`, erasure.functionOf(person)]),
      ]),
    );
    const { filesKept, ...changed } = erased;
    print(
      Object.entries(changed)
        .map(([kind, count]) => `${kind} ${String(count)}`)
        .join(', '),
    );
    if (account !== undefined) print(`the account of ${account.name} ${isReal ? 'was' : 'would be'} removed`);
    if (filesKept > 0)
      note(
        `${String(filesKept)} files that they brought in stay: these are part of the record. Look whether they name anybody.`,
      );
    if (isReal) note('Copies that were made before (backups, exports, mails in mailboxes) still hold them.');
    else
      throw new Failure(
        exitCodes.refused,
        `Nothing was changed. Export the dossier first; then: regiopad person erase ${address} --yes`,
      );
  });
}

const askedFor = (address: string, { name }: { name?: string }): PersonAsked => ({
  address,
  ...(name !== undefined && { name }),
});

async function known(store: Store, asked: PersonAsked): Promise<KnownPerson> {
  const found = await store.persons.find(asked);
  if (found.people.length === 0 && found.account === undefined)
    throw badInput(
      `${asked.address}: nobody${asked.name === undefined ? '' : ` called ${asked.name}`} goes by this address`,
    );
  return found;
}

const saidNeed = ({ path, as, party }: Need): string => `${as}${party === undefined ? '' : ` of ${party}`} in ${path}`;
