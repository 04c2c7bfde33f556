/**
 * A disk that can be filled. A small file system of its own where one can be mounted; else the processes are forbidden to write a byte
 * more (RLIMIT_FSIZE), which they meet in the same places, though under another name.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface SmallDisk {
  folder: string;
  /** Whether it is a real one, of which every process on it finds that it is full. */
  isMounted: boolean;
  /** Leaves no room for whoever writes. @param pids the processes that do */
  fill(pids: number[]): void;
  /** Makes room again. */
  free(pids: number[]): void;
  remove(): void;
}

const CHUNK = Buffer.alloc(64 * 1024);

/** @param place an empty folder */
export function smallDisk(place: string, megabytes: number): SmallDisk {
  const folder = join(place, 'disk');
  mkdirSync(folder);
  const isMounted = canMount(folder, megabytes);
  const filler = join(folder, 'filler');
  const limit = (pids: number[], bytes: string): void => {
    for (const pid of pids) execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
  };
  return {
    ...{ folder, isMounted },
    fill(pids) {
      if (!isMounted) limit(pids, '1');
      else fillUp(filler);
    },
    free(pids) {
      if (isMounted) rmSync(filler, { force: true });
      else limit(pids, 'unlimited');
    },
    remove() {
      if (isMounted) execFileSync('umount', ['--lazy', folder]);
      rmSync(place, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function canMount(folder: string, megabytes: number): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || process.env['REGIOPAD_TEST_NO_MOUNT']) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', folder], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** To the last byte: in ever smaller pieces. */
function fillUp(file: string): void {
  const handle = openSync(file, 'a');
  for (let size = CHUNK.length; size >= 1;) {
    try {
      if (writeSync(handle, CHUNK, 0, size) < size) size = Math.floor(size / 2);
    } catch {
      size = Math.floor(size / 2);
    }
  }
  closeSync(handle);
}
