/** Schemathesis against the running application: it reads the document, and asks whatever it thinks of. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATH } from '../web/harness.ts';
import { findPython } from '../../worker/temporal/wheel.ts';
import type { ApiWorld, CallerName } from './world.ts';

const checks = [
  ...['not_a_server_error', 'status_code_conformance', 'content_type_conformance', 'response_schema_conformance'],
  ...['response_headers_conformance', 'negative_data_rejection', 'missing_required_header', 'unsupported_method'],
  ...['allow_header_conformance', 'ignored_auth'],
];

export interface Fuzzing {
  who: CallerName;
  /** Of examples, coverage (each rule of the document kept and broken once), fuzzing, stateful (what one answer names is asked). */
  phases: string;
  /** For each operation, while fuzzing. */
  examples: number;
  /** Ids of operations, else all. */
  only?: string[];
  except?: string[];
}

export interface Fuzzed {
  code: number | null;
  output: string;
  /** How many requests were made. */
  requests: number;
}

const SEED = process.env['FUZZ_SEED'] ?? '2033';

/** A path that was stopped takes nothing more: it is opened again at once, so that the rest is still tried. */
export function keepOpen({ harness: { paths } }: ApiWorld): void {
  const say = paths.command.bind(paths);
  paths.command = async (path, message, timeoutMs) => {
    const receipt = await say(path, message, timeoutMs);
    if (paths.states.get(path)?.ending === undefined) return receipt;
    const actor = { kind: 'administrator', via: 'cli' } as const;
    await say(path, { id: crypto.randomUUID(), actor, command: { type: 'reopen', data: { reason: 'Verder.' } } });
    return receipt;
  };
}

/** @param url of the application that listens */
export async function fuzz(world: ApiWorld, url: string, schemathesis: string, given: Fuzzing): Promise<Fuzzed> {
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-fuzz-'));
  const config = join(folder, 'schemathesis.toml');
  // Most paths that anybody thinks of do not exist: one that does is what is worth asking about.
  writeFileSync(config, `[parameters]\n"path.path" = "${PATH}"\n`);
  const args = [
    ...['-m', 'schemathesis.cli', '--config-file', config, 'run', `${url}/api/v1/openapi.json`],
    ...['--url', `${url}/api/v1`, '--header', `Authorization: Bearer ${world.tokens[given.who]}`],
    ...['--checks', checks.join(','), '--phases', given.phases, '--max-examples', String(given.examples)],
    ...['--seed', SEED, '--workers', '1', '--suppress-health-check', 'all', '--generation-database', 'none'],
    ...['--no-color', '--warnings', 'off'],
    ...(given.only ?? []).flatMap((id) => ['--include-operation-id', id]),
    ...(given.except ?? []).flatMap((id) => ['--exclude-operation-id', id]),
  ];
  try {
    const child = spawn(await findPython(process.env), args, {
      cwd: folder,
      env: { ...process.env, PYTHONPATH: schemathesis, PYTHONDONTWRITEBYTECODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    const requests = Number(/^\s*(\d+) generated/m.exec(output)?.[1] ?? 0);
    return { code, output, requests };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
