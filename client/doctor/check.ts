/** One thing that Regiopad needs. */
import type { Config } from '../../worker/config.ts';

export interface Check {
  name: string;
  /** What was found, in a line without secrets; throws an error that says what is wrong and what to do. */
  run: () => Promise<string>;
}

export type Checks = (config: Config) => Check[];

/** How long to wait for what lies elsewhere, in milliseconds. */
export const PATIENCE_MS = 5_000;

const loopback = ['127.0.0.1', 'localhost', '::1', '[::1]'];
export const isLoopback = (host: string): boolean => loopback.includes(host);
