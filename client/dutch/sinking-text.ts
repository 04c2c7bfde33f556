/** Where one "no" sinks a file, in a few quiet words. */
import type { Sinking } from '../../domain/sinking.ts';
import type { PageTexts } from '../../templates/pages/locale.ts';
import { joined } from './format.ts';
import type { PathWords } from './words.ts';

/** With more names than this, only their number is said. */
const MOST_NAMES = 3;

/** At most one line for the law and one for the conditions; none when nothing sinks. */
export function sinkingText(sinking: readonly Sinking[], texts: PageTexts, words: PathWords): string[] {
  const laws = sinking.flatMap((each) => (each.kind === 'law' ? [words.decision(each.decision).short] : []));
  const names = sinking.flatMap((each) => (each.kind === 'condition' ? [words.party(each.party)] : []));
  return [
    ...(laws.length === 0 ? [] : [texts.text('overview.one-no.law', { decisions: joined(laws) })]),
    ...(names.length === 0
      ? []
      : names.length > MOST_NAMES
        ? [texts.text('overview.one-no.many', { count: names.length })]
        : [texts.text('overview.one-no.conditions', { parties: joined(names) })]),
  ];
}
