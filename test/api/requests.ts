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
const people = { other: 403, reader: 403 };
const changes = { other: 403, reader: 403, consultant: 403 };
const pause = { type: 'pause', data: { reason: 'Even wachten.' } };

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
  listRounds: { path: '/rounds' },
  listDefinitions: { path: '/definitions' },
  listProblems: { path: '/problems' },
};
