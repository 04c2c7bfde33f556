/** Something that tests need and this machine does not have. */
export interface Missing {
  readonly what: string;
  readonly why: string;
}

/** Whether this is the build machine, where nothing may be left out. */
export const isCI = (environment: NodeJS.ProcessEnv = process.env): boolean =>
  !['', '0', 'false'].includes(environment['CI'] ?? '');
