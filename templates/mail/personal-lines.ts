/** What who coordinates wrote for one mail, under the own name. */
import type { Phrases } from './phrases.ts';

export interface WrittenLine {
  intro: string;
  /** Line by line. */
  text: string[];
}

export const personalLines = ({ t, message, context }: Phrases): WrittenLine[] =>
  (message.lines ?? []).map(({ text, by }) => ({
    intro: t('line.by', { name: (context.someone(by) ?? context.coordinator).name }),
    text: text.split('\n'),
  }));
