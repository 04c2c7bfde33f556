/** What deploy/ gives to whoever installs Regiopad is right: units that systemd takes, variables that exist, files that are there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../worker/config.ts';
import { temporaryFolder } from '../foundation/launched.ts';

const root = join(import.meta.dirname, '..', '..');
const deploy = join(root, 'deploy');
const read = (...path: string[]): string => readFileSync(join(deploy, ...path), 'utf8');

/** The variables of a file as systemd and compose read it, with those that are commented out. */
function variablesOf(text: string): Record<string, string> {
  const lines = text.matchAll(/^#?([A-Z][A-Z0-9_]*)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value.replace(/^"(.*)"$/, '$1')]));
}

/** Where the code reads its environment, and what Temporal's own reader knows. */
const readers = [
  ...['config.ts', 'config-oidc.ts', 'temporal/connection.ts', 'temporal/wheel.ts'].map((name) => join('worker', name)),
  'node_modules/@temporalio/envconfig/lib/envconfig-toml.js',
].map((file) => readFileSync(join(root, file), 'utf8'));
const isRead = (name: string): boolean => readers.some((text) => new RegExp(`\\b${name}\\b`).test(text));

/** Words that follow the name of the user or of the database, not of the program. */
const inProse = new Set(['deploy']);
/** Variables of the compose file itself, and codes of SQLite and of name servers. */
const ofOthers = ['TEMPORAL_VERSION', 'TEMPORAL_ADMIN_TOOLS_VERSION', 'SQLITE_FULL', 'EAI_AGAIN'];

describe('the units of systemd', () => {
  const names = readdirSync(join(deploy, 'systemd'));
  const services = names.filter((name) => name.endsWith('.service'));

  test.skipIf(!existsSync('/usr/bin/systemd-analyze'))('are taken by systemd, and start files that are there', () => {
    const folder = temporaryFolder(onTestFinished);
    for (const name of names)
      writeFileSync(join(folder, name), read('systemd', name).replaceAll('/opt/regiopad', root));
    const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', ...names.map((name) => join(folder, name))]);
    expect(`${String(stdout)}${String(stderr)}`).toBe('');
    for (const name of services) {
      const [, script = ''] = /^ExecStart=\S+ (\S+)$/m.exec(read('systemd', name)) ?? [];
      expect(existsSync(join(root, script)), `${name}: ${script}`).toBe(true);
    }
  });

  test.skipIf(!existsSync('/usr/bin/systemd-analyze'))(
    'leave a service little of the machine (2.0 of 10 at most)',
    () => {
      for (const name of services) {
        const words = ['security', '--offline=yes', '--threshold=20', join(deploy, 'systemd', name)];
        expect(() => execFileSync('systemd-analyze', words, { stdio: 'pipe' })).not.toThrow();
      }
    },
  );

  /** Made by a timer, and not a process that stays. */
  const backups = 'regiopad-backup.service';

  test('differ only in what they start', () => {
    const lasting = services.filter((name) => name !== backups);
    const rules = lasting.map((name) =>
      read('systemd', name).replace(/^(?:Description|ExecStart|TimeoutStopSec)=.*$|^# A spool.*$/gm, ''),
    );
    expect(new Set(rules.map((text) => text.replace(/\n+/g, '\n'))).size).toBe(1);
    const keptFrom = (name: string): string | undefined =>
      /^NoNewPrivileges[^[]*/m.exec(read('systemd', name))?.[0].trim();
    expect(keptFrom(backups)).toBe(keptFrom('regiopad-web.service'));
  });

  test('make a backup every night with words that the command takes', () => {
    const [, words = ''] = /^ExecStart=\S+ client\/cli\/main\.ts (.*)$/m.exec(read('systemd', backups)) ?? [];
    expect(words).toMatch(/^backup \/var\/lib\/regiopad-backups --keep \d+$/);
    expect(read('systemd', backups)).toMatch(/^StateDirectory=.*\bregiopad-backups$/m);
    expect(read('systemd', 'regiopad-backup.timer')).toMatch(/^OnCalendar=.*Europe\/Brussels$/m);
  });
});

test('the example of the environment is one that Regiopad starts with, and names no variable that nobody reads', () => {
  const text = read('regiopad.env');
  const variables = variablesOf(text);
  expect(Object.keys(variables).filter((name) => !isRead(name))).toEqual([]);
  const given = variablesOf(text.replace(/^#.*$/gm, ''));
  expect(loadConfig(given)).toMatchObject({
    publicUrl: 'https://regiopad.example.org/regiopad',
    inboundProcess: 'apart',
    mailFrom: 'Regiopad <regiopad@example.org>',
  });
});

describe('the containers', () => {
  interface Service {
    image?: string;
    command?: string[];
    environment?: Record<string, string>;
    depends_on?: Record<string, unknown>;
    network_mode?: string;
    volumes?: string[];
  }
  const compose = parse(read('container', 'compose.yaml'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  const { services } = compose;
  const ours = ['web', 'worker', 'inbound', 'backup'].map((name) => services[name]!);

  test('are given only variables that Regiopad reads, and values that it takes', () => {
    for (const { environment = {} } of ours) {
      expect(Object.keys(environment).filter((name) => !isRead(name))).toEqual([]);
      const filled = Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{[^}]*\}/g, 'x')]);
      expect(loadConfig(Object.fromEntries(filled) as NodeJS.ProcessEnv).inboundProcess).toBe('apart');
    }
  });

  test('back up with the programs of the PostgreSQL that they run', () => {
    const [, server = ''] = /^postgres:(\d+)$/.exec(services['postgres']?.image ?? '') ?? [];
    expect(server).not.toBe('');
    expect(read('container', 'Dockerfile')).toContain(` postgresql-client-${server} `);
  });

  test('start files that are there, and know each other and their volumes', () => {
    for (const { command = ['node', 'client/web/main.ts'] } of ours)
      expect(existsSync(join(root, command[1]!))).toBe(true);
    expect(read('container', 'Dockerfile')).toContain('CMD ["node", "client/web/main.ts"]');
    for (const { depends_on: needs = {}, volumes = [], network_mode: network } of Object.values(services)) {
      const named = [...Object.keys(needs), ...(network === undefined ? [] : [network.replace('service:', '')])];
      expect(named.filter((name) => !(name in services))).toEqual([]);
      const kept = volumes.map((volume) => volume.split(':')[0]!).filter((place) => !place.startsWith('.'));
      expect(kept.filter((volume) => !(volume in compose.volumes))).toEqual([]);
    }
  });
});

describe('what is written for whoever operates it', () => {
  const pages = ['docs/production.md', 'docs/runbook.md', 'docs/security.md', 'SECURITY.md'];
  const texts = pages.map((page) => readFileSync(join(root, page), 'utf8')).join('\n');

  test('names files that are there', () => {
    const named = [...texts.matchAll(/\b((?:test|deploy|client|worker|store|docs)\/[\w./-]*\w)/g)].map(
      ([, path = '']) => path,
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('names commands and variables that are there', () => {
    const commands = readFileSync(join(root, 'client', 'cli', 'main.ts'), 'utf8');
    const used = [...texts.matchAll(/\bregiopad ([a-z]+)(?: (rotate|retire|add|remove)\b)?/g)].flatMap(
      ([, ...words]) => words,
    );
    const known = (word: string) => commands.includes(`.command('${word}')`);
    const isCommand = (word: string | undefined): word is string => word !== undefined && !inProse.has(word);
    expect(used.filter(isCommand).filter((word) => !known(word))).toEqual([]);
    const variables = [...texts.matchAll(/`([A-Z]+_[A-Z_]*[A-Z])[=`]/g)].map(([, name = '']) => name);
    expect(variables.filter((name) => !isRead(name) && !ofOthers.includes(name))).toEqual([]);
  });

  test('the command for the units is a script that a shell reads', () => {
    expect(() => execFileSync('sh', ['-n', join(deploy, 'regiopad')], { stdio: 'pipe' })).not.toThrow();
  });
});
