/** What a mail says about one item, in the shape that the templates show. */
export interface Section {
  title: string;
  paragraphs: string[];
  facts: Fact[];
  /** What follows the facts. */
  notes: string[];
  /** A sentence to say on the telephone. */
  say?: string;
}

export interface Fact {
  label: string;
  value: string;
}
