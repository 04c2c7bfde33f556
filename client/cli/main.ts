/** The command line. Each command is loaded when it is asked for: a plan needs no server and should be there at once. */
import { Command, CommanderError } from 'commander';
import type { AccountOptions } from './accounts.ts';
import type { ExportOptions } from './export.ts';
import { asFailure, exitCodes } from './failure.ts';
import { note } from './output.ts';
import type { RenewalOptions } from './renew.ts';

const program = new Command('regiopad')
  .description('Guides regional partnerships of municipalities along their path of decisions.')
  .showHelpAfterError('Run `npx regiopad help` to see what there is.')
  .configureHelp({ showGlobalOptions: true })
  .enablePositionalOptions()
  .exitOverride();

program
  .command('validate')
  .description('check region files, rounds, definitions and answers files; nothing is started')
  .argument('<file...>')
  .action(async (files: string[]) => {
    (await import('./validate.ts')).validate(files);
  });

program
  .command('plan')
  .description('deadlines, sessions, agenda cut-offs and mails of a region file; needs no server')
  .argument('<file>')
  .option('--from <date>', 'the first day, YYYY-MM-DD (default: the day the round or the path opens)')
  .option('--answers <file>', 'what differs from the expected course')
  .option('--format <format>', 'table, json, ics, csv or html (one A4 page to print)', 'table')
  .action(async (file: string, options: { from?: string; answers?: string; format: string }) =>
    (await import('./plan.ts')).plan(file, options),
  );

const collected = (value: string, before: string[]): string[] => [...before, value];

program
  .command('conditions')
  .description(
    'what the round asks of a region, and what would change if municipalities leave or join; nothing happens',
  )
  .argument('<file|id>', 'a region file, or the id of a path that runs')
  .option('--without <name>', 'a municipality that says no or leaves; may be repeated', collected, [])
  .option('--with <name[=inhabitants]>', 'a municipality that joins; may be repeated', collected, [])
  .option('--format <format>', 'table or json', 'table')
  .action(async (target: string, options: { without: string[]; with: string[]; format: string }) =>
    (await import('./conditions.ts')).conditions(target, options),
  );

program
  .command('simulate')
  .description('the real workflow from the first day to the last, on a server that skips time')
  .argument('<file>')
  .option('--from <date>', 'the first day, YYYY-MM-DD (default: the day the round or the path opens)')
  .option('--answers <file>', 'what differs from the expected course')
  .option('--out <folder>', 'write every mail there as .eml')
  .option('--format <format>', 'table or json', 'table')
  .action(async (file: string, options: { from?: string; answers?: string; out?: string; format: string }) =>
    (await import('./simulate.ts')).simulate(file, options),
  );

program
  .command('start')
  .description('start the path of each region file; all are checked before the first one starts')
  .argument('<file...>')
  .action(async (files: string[]) => (await import('./start.ts')).start(files));

program
  .command('status')
  .description('where every path stands, or one of them')
  .argument('[id]')
  .option('--format <format>', 'table or json', 'table')
  .option('--mails [weeks]', 'every mail of the coming weeks (default: 8) and why, of one path')
  .action(async (id: string | undefined, options: { format: string; mails?: string | true }) =>
    (await import('./status.ts')).status(id, options),
  );

program
  .command('tell')
  .description('tell a path something; the same --id again changes nothing')
  .argument('<id>', 'the path')
  .argument('<command>', 'such as answer, request, complete-task, move-deadline')
  .argument('[json]', 'its data', '{}')
  .option('--id <commandId>', 'an id of your own choice for this command')
  .option('--as <role>', 'coordinator or administrator', 'coordinator')
  .option('--preview', 'show which dates and mails it would change, and change nothing')
  .action(async (id: string, command: string, json: string, options: { id?: string; as: string; preview?: true }) =>
    (await import('./tell.ts')).tell(id, command, json, options),
  );

program
  .command('export')
  .description('the whole dossier of a path as JSON: events, people, mails, notes, state; or with its files as a zip')
  .argument('<id>')
  .option('--zip', 'the archive that the pages give: data, every file, and a page to read it by')
  .option('--out <file>', 'write it there (default: JSON to standard output, a zip beside you as ID-archief-DATE.zip)')
  .action(async (id: string, options: ExportOptions) => (await import('./export.ts')).exportPath(id, options));

const rounds = program
  .command('rounds')
  .description('the rounds there are, with their dates')
  .enablePositionalOptions()
  .option('--format <format>', 'table or json', 'table')
  .action(async (options: { format: string }) => {
    (await import('./rounds.ts')).rounds(options);
  });

rounds
  .command('apply')
  .description('what the newer version of a round changes for the paths that run; --yes applies it')
  .argument('[key]', 'the round (default: each round)')
  .option('--yes', 'apply it; without this nothing is changed')
  .option('--reason <text>', 'why, for the mails to who still owes an answer')
  .option('--format <format>', 'table or json', 'table')
  .action(async (key: string | undefined, options: RenewalOptions) =>
    (await import('./renew.ts')).applyRounds(key, options),
  );

program
  .command('upgrade')
  .description('what the newer version of its definition changes for a path that runs; --yes applies it')
  .argument('<id...>', 'the paths')
  .option('--yes', 'apply it; without this nothing is changed')
  .option('--reason <text>', 'why, for the mails to who still owes an answer')
  .option('--format <format>', 'table or json', 'table')
  .action(async (ids: string[], options: RenewalOptions) => (await import('./renew.ts')).upgrade(ids, options));

const keys = program
  .command('keys')
  .description('the keys that sign the links in mails, and those that encrypt histories')
  .enablePositionalOptions()
  .option('--format <format>', 'table or json', 'table')
  .action(async (options: { format: string }) => {
    (await import('./keys.ts')).listKeys(options);
  });

keys
  .command('rotate')
  .description('use a new key from now on; what the older ones signed or encrypted keeps working')
  .argument('[of]', 'links or histories', 'links')
  .action(async (of: string) => {
    (await import('./keys.ts')).rotateKeys(of);
  });

keys
  .command('retire')
  .description('take an old key of links away: every link that it signed stops; says first what that means')
  .argument('<id>')
  .option('--yes', 'do it; without this nothing is changed')
  .action(async (id: string, options: { yes?: true }) => {
    (await import('./keys.ts')).retireKey(id, options);
  });

const accounts = program
  .command('accounts')
  .description('who may sign in, and in which role')
  .enablePositionalOptions()
  .option('--format <format>', 'table or json', 'table')
  .action(async (options: { format: string }) => (await import('./accounts.ts')).listAccounts(options));

accounts
  .command('list')
  .description('the same')
  .option('--format <format>', 'table or json', 'table')
  .action(async (options: { format: string }) => (await import('./accounts.ts')).listAccounts(options));

accounts
  .command('add')
  .description('make an account: administrator, consultant, coordinator or reader')
  .argument('<address>')
  .requiredOption('--name <name>', 'of the person')
  .requiredOption('--role <role>', 'administrator, consultant, coordinator or reader')
  .option('--region <id>', 'a path of a consultant or a reader; may be repeated', collected, [])
  .action(async (address: string, options: AccountOptions) =>
    (await import('./accounts.ts')).addAccountFor(address, options),
  );

accounts
  .command('change')
  .description('change the name, role or regions of an account; what is not given stays')
  .argument('<address>')
  .option('--name <name>', 'of the person')
  .option('--role <role>', 'administrator, consultant, coordinator or reader')
  .option('--region <id>', 'instead of the regions until now; may be repeated', collected, [])
  .action(async (address: string, options: AccountOptions) =>
    (await import('./accounts.ts')).changeAccountOf(address, options),
  );

accounts
  .command('remove')
  .description('remove an account with its sessions and tokens; says first what that means')
  .argument('<address>')
  .option('--yes', 'do it; without this nothing is changed')
  .action(async (address: string, options: { yes?: true }) =>
    (await import('./accounts.ts')).removeAccountOf(address, options),
  );

program
  .command('gallery')
  .description('every mail, page and document with samples, for who edits the words; needs no server')
  .option('--out <folder>', 'write it there', 'galerij')
  .action(async (options: { out: string }) => (await import('./gallery.ts')).writeGallery(options));

const person = program
  .command('person')
  .description('what is known about one person: to hand it over, or to take it out');

person
  .command('export')
  .description('everything that the store holds about who goes by an address, as JSON')
  .argument('<address>')
  .option('--name <name>', 'only who has this name, where several read one mailbox')
  .option('--out <file>', 'write it there (default: standard output)')
  .action(async (address: string, options: { name?: string; out?: string }) =>
    (await import('./person.ts')).exportPerson(address, options),
  );

person
  .command('erase')
  .description('take a name, address and number out of the store; says first what that changes')
  .argument('<address>')
  .option('--name <name>', 'only who has this name, where several read one mailbox')
  .option('--dry-run', 'say what it would change, and change nothing (as without --yes)')
  .option('--yes', 'do it; without this nothing is changed')
  .action(async (address: string, options: { name?: string; dryRun?: true; yes?: true }) =>
    (await import('./person.ts')).erasePerson(address, options),
  );

program
  .command('retention')
  .description('remove what is past its time (docs/privacy.md); housekeeping does so every working morning')
  .option('--dry-run', 'say for each kind how many would go, and change nothing')
  .option('--format <format>', 'table or json', 'table')
  .action(async (options: { dryRun?: true; format: string }) => (await import('./retention.ts')).retention(options));

program
  .command('backup')
  .description('copy the data of one moment into a new folder, while everything runs')
  .argument('<folder>', 'where: a folder regiopad-MOMENT is made in it')
  .option('--keep <count>', 'remove the oldest backups there, and keep so many')
  .option('--without-keys', 'leave the keys out; nothing can go on without them, so keep them elsewhere')
  .action(async (folder: string, options: { keep?: string; withoutKeys?: true }) =>
    (await import('./backup.ts')).backUp(folder, options),
  );

program
  .command('restore')
  .description('put a backup into an empty REGIOPAD_DATA (and DATABASE_URL); nothing is ever overwritten')
  .argument('<backup>', 'the folder regiopad-MOMENT')
  .option('--check', 'only read it, and say whether it is whole')
  .option('--keys <folder>', 'where keys.json and history-keys.json are, for a backup without keys')
  .action(async (backup: string, options: { check?: true; keys?: string }) =>
    (await import('./backup.ts')).restore(backup, options),
  );

program
  .command('rebuild')
  .description('derive overview and snapshots again from the permanent record, and compare it with the workflows')
  .action(async () => (await import('./rebuild.ts')).rebuildStore());

program
  .command('revive')
  .description('start paths again from the record whose workflow is gone or behind it; --yes does it')
  .argument('[id...]', 'only these paths (default: all that need it)')
  .option('--yes', 'do it; without this nothing is changed')
  .action(async (ids: string[], options: { yes?: true }) => (await import('./revive.ts')).revive(ids, options));

program
  .command('doctor')
  .description('check what Regiopad needs and say what is wrong')
  .action(async () => (await import('./doctor.ts')).doctor());

// Whoever reads the output may stop reading (`| head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.fine);
});

async function main(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.badInput;
      return;
    }
    const failure = asFailure(error);
    if (failure === undefined) console.error(error);
    else note(failure.message);
    process.exitCode = failure?.exitCode ?? exitCodes.failure;
  }
}

await main();
