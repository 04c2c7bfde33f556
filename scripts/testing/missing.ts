/** Something that tests need and this machine does not have. */
export interface Missing {
  readonly what: string;
  readonly why: string;
}
