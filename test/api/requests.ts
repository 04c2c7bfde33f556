/** A request for each operation of the API that is in order, and what each kind of caller gets. */
import type { CallerName } from './world.ts';

export interface Sample {
  path: string;
  body?: unknown;
  /** The status for each caller; those that are not named get the one of the operation. */
  others?: Partial<Record<CallerName, number>>;
}

const PATH = '/paths/noordrand-2033';
const foreign = { other: 403 };
/** Of what does not take part in anything of theirs nothing is there. */
const foreign404 = { other: 404 };
const people = { other: 403, reader: 403 };
const changes = { other: 403, reader: 403, consultant: 403 };
const pause = { type: 'pause', data: { reason: 'Even wachten.' } };

const region = {
  ...{ id: 'zennevallei-2033', partnership: 'Cultuur Zennevallei', path: 'igs-cultuur', round: 'igs-cultuur-2033' },
  ...{ route: 'continue-existing', dates: { expiresOn: '2032-12-31' } },
  coordinator: { name: 'Gust Maes', email: 'gust@example.org' },
  municipalities: [{ municipality: 'Machelen', councilSessions: 'vierde woensdag, niet in juli en augustus' }],
};
const starts = { coordinator: 403, consultant: 403, reader: 403 };

export const samples: Record<string, Sample> = {
  listPaths: { path: '/paths' },
  getPath: { path: PATH, others: foreign },
  listAsks: { path: `${PATH}/asks`, others: foreign },
  listEvents: { path: `${PATH}/events`, others: people },
  listPeople: { path: `${PATH}/people`, others: people },
  listMails: { path: `${PATH}/mails`, others: people },
  previewCommand: { path: `${PATH}/commands/preview`, body: pause, others: changes },
  sayCommand: {
    path: `${PATH}/commands`,
    body: { type: 'change-party', data: { party: 'Wemmel', contribution: 15_000 } },
    others: changes,
  },
  startPath: { path: '/paths', body: region, others: starts },
  planPath: { path: '/plans', body: region, others: starts },
  listNotes: { path: `${PATH}/notes`, others: people },
  addNote: { path: `${PATH}/notes`, body: { text: 'Rik Janssens belt terug.', party: 'Wemmel' }, others: people },
  listCallsToMake: { path: '/calls', others: { reader: 403 } },
  listCalls: { path: `${PATH}/calls`, others: people },
  logCall: {
    path: `${PATH}/calls`,
    body: { outcome: 'spoken', party: 'Wemmel', note: 'Rik Janssens komt.' },
    others: people,
  },
  listMunicipalities: { path: '/municipalities' },
  getMunicipality: { path: '/municipalities/Zaventem', others: foreign404 },
  listRounds: { path: '/rounds' },
  listDefinitions: { path: '/definitions' },
  listProblems: { path: '/problems' },
};
