/** What runs in the thread of workbook-apart.ts: gets sheets, gives the bytes of their workbook, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Sheet, workbook } from './workbook.ts';

parentPort?.postMessage(await workbook(workerData as Sheet[]));
