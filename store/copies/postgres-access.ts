/**
 * How the programs of PostgreSQL reach what `pg` reaches. Their library reads an address by rules of its own (which password counts, whom
 * to believe, what is taken from the environment and from files): so they are not given the address, but what `pg` made of it.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, type SecureContextOptions } from 'node:tls';

export interface ProgramAccess {
  /** For `--dbname`: whoever lists the processes of a machine sees it. */
  target: string;
  /** All that the program sees of the environment. */
  environment: NodeJS.ProcessEnv;
}

const CONNECT_SECONDS = 10;

/** @param folder of its own, for a file with the authorities that are believed */
export async function programAccess(address: string, folder: string): Promise<ProgramAccess> {
  const { host, port, user = '', database = user, password, options, ssl } = await readByPg(address);
  return {
    target: `dbname='${database.replace(/[\\']/g, '\\$&')}'`,
    environment: {
      ...withoutPostgres(process.env),
      ...{ PGHOST: host, PGPORT: String(port), PGUSER: user },
      ...{ PGAPPNAME: 'regiopad backup', PGCONNECT_TIMEOUT: String(CONNECT_SECONDS) },
      // What is wrong is looked for in English words.
      LC_ALL: 'C',
      ...(typeof password === 'string' && { PGPASSWORD: password }),
      ...(options !== undefined && { PGOPTIONS: options }),
      ...(await encryption(ssl, new URL(address).searchParams, folder)),
    },
  };
}

/** What `pg` connects with; its types do not tell of it. */
interface Read {
  host: string;
  port: number;
  user: string | undefined;
  database: string | undefined;
  password: string | null | undefined;
  options: string | undefined;
  ssl: Encryption;
}

async function readByPg(address: string): Promise<Read> {
  const pg = await import('pg');
  const client = new pg.Client({ connectionString: address }) as unknown as { connectionParameters: Read };
  return client.connectionParameters;
}

/** What `pg` took from there is in its parameters; the rest it does not know, save for the file of passwords. */
const withoutPostgres = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('PG') || name === 'PGPASSFILE'));

type Encryption = boolean | (SecureContextOptions & { rejectUnauthorized?: boolean });

async function encryption(ssl: Encryption, asked: URLSearchParams, folder: string): Promise<NodeJS.ProcessEnv> {
  if (ssl === false) return { PGSSLMODE: 'disable' };
  const settings = ssl === true ? {} : ssl;
  const [certificate, key] = [asked.get('sslcert'), asked.get('sslkey')];
  // A file that is not there: one of the user's, which `pg` does not look for, is not read then.
  const none = join(folder, 'none');
  const own = { PGSSLCERT: certificate ?? none, PGSSLKEY: key ?? none };
  if (settings.rejectUnauthorized === false) return { ...own, PGSSLMODE: 'require', PGSSLROOTCERT: none };
  const authorities = join(folder, 'authorities.pem');
  await writeFile(authorities, [settings.ca ?? getCACertificates('default')].flat().join('\n'));
  // Who set aside the check of the name has a function in its place.
  const mode = 'checkServerIdentity' in settings ? 'verify-ca' : 'verify-full';
  return { ...own, PGSSLMODE: mode, PGSSLROOTCERT: authorities };
}
