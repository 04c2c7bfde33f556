/** The proxies of deploy/proxy, real ones, with ports and a certificate of the test in the place of those of the example. */
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { freePort, isListening, until } from '../../worker/processes.ts';
import { launch, type Launched } from '../foundation/launched.ts';
import { makeAuthority } from '../temporal/authority.ts';

export const HOST = 'regiopad.example.org';
const examples = join(import.meta.dirname, '..', '..', 'deploy', 'proxy');

export interface Proxy {
  ask: (path: string, init?: { method?: string; headers?: Record<string, string>; body?: string }) => Promise<Answer>;
  stop: () => Promise<void>;
}

export interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** What a proxy is started with, once its example is changed for the test. */
interface Start {
  args: string[];
  environment?: NodeJS.ProcessEnv;
}
type Prepare = (folder: string, port: number, behind: number, pair: { cert: string; key: string }) => Start;

/** Replaces what has to be there. */
function replaced(text: string, pairs: Record<string, string>): string {
  return Object.entries(pairs).reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`the example has no "${from}" any more`);
    return changed.replaceAll(from, to);
  }, text);
}

export const nginx: Prepare = (folder, port, behind, { cert, key }) => {
  const site = replaced(readFileSync(join(examples, 'nginx.conf'), 'utf8'), {
    'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
    '/etc/ssl/regiopad.example.org.pem': cert,
    '/etc/ssl/private/regiopad.example.org.key': key,
    '127.0.0.1:3000': `127.0.0.1:${behind}`,
  });
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; worker_processes 1; ${user} pid ${folder}/pid; error_log stderr;\nevents {}\nhttp { ${places.join(' ')}\n${site} }\n`,
  );
  return { args: ['-p', folder, '-e', 'stderr', '-c', file] };
};

export const caddy: Prepare = (folder, port, behind, { cert, key }) => {
  const site = replaced(readFileSync(join(examples, 'Caddyfile'), 'utf8'), {
    'regiopad.example.org {': `https://${HOST}:${port} {\n\ttls ${cert} ${key}`,
    '127.0.0.1:3000': `127.0.0.1:${behind}`,
  });
  const file = join(folder, 'Caddyfile');
  writeFileSync(file, `{\n\tadmin off\n\tauto_https disable_redirects\n\tdefault_bind 127.0.0.1\n}\n${site}`);
  const environment = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return { args: ['run', '--adapter', 'caddyfile', '--config', file], environment };
};

/** @param behind the port of the pages */
export async function startProxy(program: string, prepare: Prepare, folder: string, behind: number): Promise<Proxy> {
  const { authorityFile, server } = makeAuthority(folder);
  const port = await freePort();
  const pair = { cert: server.certificateFile, key: server.keyFile };
  const { args, environment = {} } = prepare(folder, port, behind, pair);
  const proxy: Launched = launch(program, args, { ...process.env, ...environment });
  const isUp = await until(() => proxy.child.exitCode !== null || isListening(`127.0.0.1:${port}`), 60_000);
  if (!isUp || proxy.child.exitCode !== null) throw new Error(`${program} does not listen:\n${proxy.output()}`);
  const ca = readFileSync(authorityFile);
  return {
    ask: (path, { method = 'GET', headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const to = { host: '127.0.0.1', port, servername: HOST, ca, path, method, agent: false as const };
        const asked = request({ ...to, headers: { host: HOST, ...headers } }, (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part: string) => (text += part));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
        });
        asked.on('error', reject).end(body);
      }),
    stop: async () => {
      proxy.child.kill('SIGTERM');
      await proxy.ended;
    },
  };
}
