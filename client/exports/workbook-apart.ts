/**
 * A large workbook is made in a thread of its own: ten thousand rows take half a second, in which nobody else would be answered.
 * One at a time, since each holds all of its rows.
 */
import { Worker } from 'node:worker_threads';
import { type Sheet, workbook } from './workbook.ts';

/** Fewer rows are made sooner than a thread starts. */
const FEW_ROWS = 1_000;

let last: Promise<unknown> = Promise.resolve();

/** The bytes of a workbook, whichever thread makes it. */
export function workbookOf(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
  return rows <= FEW_ROWS ? workbook(sheets) : workbookApart(sheets);
}

export function workbookApart(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const made = last.then(() => inThread(sheets));
  // What was made is not held.
  last = made.then(
    () => undefined,
    () => undefined,
  );
  return made;
}

const inThread = (sheets: readonly Sheet[]): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('workbook-thread.ts', import.meta.url), { workerData: sheets });
    thread.once('message', resolve).once('error', reject);
    // After a message or an error this says nothing any more.
    thread.once('exit', (code) => {
      reject(new Error(`a workbook was given up (${String(code)})`));
    });
  });
