import { existsSync } from 'node:fs';
import { messageOf } from '../../worker/setup-error.ts';
import { findDeploymentPrograms } from './deployment.ts';
import { findFaketime } from './faketime.ts';
import { findMailServers } from './mail-servers.ts';
import type { Missing } from './missing.ts';
import { findPostgres } from './postgres.ts';
import { icalendar, pythonPackages } from './python-packages.ts';
import { findSchemathesis } from './schemathesis.ts';
import { buildTemporalServer } from './temporal-build.ts';
import { resolveTemporal, resolveTestServer } from '../../worker/temporal/resolve.ts';

export interface Preparation {
  /** What the tests find in their environment. */
  readonly environment: NodeJS.ProcessEnv;
  readonly missing: readonly Missing[];
}

/** Places of Chromium when CHROMIUM does not say it. */
const chromiumPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Fetches what tests need besides packages, once, before any of them runs. */
export async function prepare(say: (line: string) => void): Promise<Preparation> {
  const environment: NodeJS.ProcessEnv = {};
  const missing: Missing[] = [];
  const onDownload = (what: string) => {
    say(`Fetching ${what} …`);
  };
  const programs = [
    { what: 'Temporal development server', variable: 'REGIOPAD_TEMPORAL_BIN', find: resolveTemporal },
    { what: 'Temporal test server', variable: 'REGIOPAD_TEST_SERVER_BIN', find: resolveTestServer },
  ];
  for (const { what, variable, find } of programs) {
    try {
      environment[variable] = (await find({ onDownload })).path;
    } catch (error) {
      missing.push({ what, why: messageOf(error) });
    }
  }
  try {
    environment['REGIOPAD_ICALENDAR'] = await pythonPackages(icalendar);
  } catch (error) {
    missing.push({ what: 'parser of calendars (icalendar, from PyPI)', why: messageOf(error) });
  }
  try {
    environment['SCHEMATHESIS'] = await findSchemathesis(onDownload);
  } catch (error) {
    const [line] = messageOf(error).trim().split('\n').slice(-1);
    missing.push({ what: 'Schemathesis', why: `pip could not fetch it: ${line ?? ''}` });
  }
  const chromium = findChromium();
  if (chromium === undefined)
    missing.push({ what: 'browser', why: 'no Chromium: apt-get install chromium, or set CHROMIUM' });
  else environment['CHROMIUM'] = chromium;
  const postgres = findPostgres();
  if (postgres.programs !== undefined) environment['REGIOPAD_POSTGRES_BIN'] = postgres.programs;
  missing.push(...postgres.missing);
  missing.push(...(await buildTemporalServer(onDownload)).missing);
  missing.push(...findFaketime().missing);
  const { exim, missing: noServers } = findMailServers();
  if (exim !== undefined) environment['EXIM'] = exim;
  missing.push(...noServers);
  const deployment = findDeploymentPrograms();
  Object.assign(environment, deployment.environment);
  missing.push(...deployment.missing);
  return { environment, missing };
}

function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  return (named ? [named] : chromiumPlaces).find((path) => existsSync(path));
}
