// Runs before anything is installed, on whatever Node the machine has: no dependencies, plain JavaScript, Node 18 and later.
// It installs what package-lock.json asks for and hands over to the pinned Node 24 from node_modules.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The oldest Node that runs TypeScript without a flag; older ones need the pinned one. */
const oldestNode = [22, 18];

/**
 * Makes node_modules match package-lock.json. When they match already (the usual case) this takes a few milliseconds.
 * Everything it prints goes to stderr, so that the output of a command stays clean.
 */
export function ensureInstalled(folder = root) {
  const wanted = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  const stamp = join(folder, 'node_modules', '.regiopad-stamp');
  if (readIfThere(stamp) === wanted) return;
  const release = takeInstallLock(folder);
  try {
    if (readIfThere(stamp) === wanted) return;
    if (!isInstalled(folder)) install(folder);
    linkOwnCommand(folder);
    writeFileSync(stamp, wanted);
  } finally {
    release();
  }
}

/**
 * Runs a file of this repository on the pinned Node: same terminal, same signals, same exit code.
 * @param {string} file path from the root of the repository
 * @param {string[]} args
 * @param {{ endWithParent?: boolean }} [options] endWithParent opens a channel whose end tells the child that this process is gone
 */
export function runOnNode24(file, args, options = {}) {
  const child = spawn(pinnedNode(), [join(root, file), ...args], {
    stdio: options.endWithParent ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (options.endWithParent) whenNpmIsGone(() => child.kill('SIGTERM'));
  child.on('error', (error) => fail(`Node could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}

/** Installs, then runs; what each entry point does. */
export function start(file, args, options) {
  try {
    ensureInstalled();
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  runOnNode24(file, args, options);
}

/** A kill -9 of npm reaches nobody: notice it by the change of parent. */
function whenNpmIsGone(end) {
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    end();
  }, 500);
  watch.unref();
}

function pinnedNode() {
  const pinned = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return process.execPath;
  return fail(
    `Regiopad needs Node ${oldestNode.join('.')} or newer: there is no pinned Node 24 for ${process.platform} ${process.arch}, and this is Node ${process.versions.node}. Install Node 24 from https://nodejs.org.`,
  );
}

/** What npm installed last (node_modules/.package-lock.json) is what the lockfile asks for; what is for other platforms may be absent. */
function isInstalled(folder) {
  const installed = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  const wanted = packagesOf(join(folder, 'package-lock.json')) ?? {};
  const paths = Object.keys(wanted).filter((path) => path !== '');
  const complete = paths.every((path) =>
    installed[path]
      ? installed[path].version === wanted[path].version
      : wanted[path].optional || wanted[path].devOptional,
  );
  return complete && Object.keys(installed).every((path) => wanted[path]);
}

function install(folder) {
  process.stderr.write('Installing the packages of package-lock.json (once) …\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync(npm, args, { cwd: folder, stdio: ['ignore', 2, 2] });
  if (error) throw new Error(`npm could not be started (${error.message}): install Node together with npm.`);
  if (status !== 0) throw new Error(`npm ci failed (exit code ${status}): see its message above.`);
}

/** `npx regiopad` then finds the command at once, instead of making a link in npm's own cache first. */
function linkOwnCommand(folder) {
  const link = join(folder, 'node_modules', '.bin', 'regiopad');
  if (existsSync(link) || process.platform === 'win32') return;
  rmSync(link, { force: true });
  symlinkSync('../../scripts/regiopad.mjs', link);
}

/** Two commands on a fresh clone at once: one installs, the other waits. */
function takeInstallLock(folder) {
  const lock = join(folder, '.cache', 'install.lock');
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = readIfThere(lock);
      if (holder !== '' && holder !== undefined && !isAlive(Number(holder))) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
