import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Lets a process end when this one is gone, also by kill -9: a small shell waits for the end of a pipe that only this process holds.
 * Node's own children notice that by themselves (the `disconnect` event); the Temporal server cannot.
 */
export function endWithThisProcess(child: ChildProcess): void {
  if (child.pid === undefined || process.platform === 'win32') return;
  const guard = spawn('sh', ['-c', 'read -r _; kill -TERM "$0"', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  guard.on('error', () => undefined);
  child.once('exit', () => {
    guard.kill('SIGKILL');
  });
}
