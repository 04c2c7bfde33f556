import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../worker/temporal/wheel.ts';
import type { Missing } from './missing.ts';

/** Where `.ci/run` unpacks the proxies: installed from their packages they would start, and take the ports of the machine. */
const unpacked = join(cacheFolder(process.env), 'proxies');

const programs = [
  { what: 'nginx', variable: 'NGINX', places: ['/usr/sbin/nginx', join(unpacked, 'usr/sbin/nginx')] },
  { what: 'Caddy', variable: 'CADDY', places: ['/usr/bin/caddy', join(unpacked, 'usr/bin/caddy')] },
];

/** Finds what the examples of deploy/ are tried with. */
export function findDeploymentPrograms(): { environment: NodeJS.ProcessEnv; missing: Missing[] } {
  const environment: NodeJS.ProcessEnv = {};
  const missing: Missing[] = [];
  for (const { what, variable, places } of programs) {
    const named = process.env[variable];
    const found = (named ? [named] : places).find((place) => existsSync(place));
    if (found !== undefined) environment[variable] = found;
    else missing.push({ what, why: `no ${places[0] ?? what}: .ci/run unpacks it, or set ${variable}` });
  }
  if (!existsSync('/usr/bin/systemd-analyze'))
    missing.push({ what: 'systemd-analyze', why: 'no /usr/bin/systemd-analyze: apt-get install systemd' });
  return { environment, missing };
}
