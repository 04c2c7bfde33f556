/** What was said about mails to come, in the history of a path. */
import type { MailOrderEvent } from '../../domain/evolve/mail-orders.ts';
import { partsOf } from '../../domain/items.ts';
import { fullDay, joined } from '../dutch/format.ts';
import { type Dossier, personText } from './dossier.ts';

/** `intentieverklaring van Wemmel en statuten van Wemmel` */
export function aboutText({ words, texts, state }: Dossier, subjects: readonly string[]): string {
  const one = (subject: string): string => {
    const { item, party } = partsOf(subject);
    const isTask = state.definition.steps.some((step) => step.tasks.some(({ key }) => key === item));
    if (isTask) return words.task(item).title;
    const { short } = words.decision(item);
    return party === undefined ? short : texts.text('post.about', { decision: short, party: words.party(party) });
  };
  return joined([...new Set(subjects.map(one))]);
}

export function mailOrderTold(dossier: Dossier, event: MailOrderEvent) {
  const { to, what } = event.data;
  const about = aboutText(
    dossier,
    what.map(({ subject }) => subject),
  );
  const values = { person: personText(dossier, to), about };
  switch (event.type) {
    case 'mail-held': {
      const { until } = event.data;
      if (until === undefined) return { key: event.type, values };
      return { key: 'mail-held-until', values: { ...values, day: fullDay(until) } };
    }
    case 'mail-skipped':
      return { key: event.type, values, more: [event.data.reason] };
    case 'line-added':
      return { key: event.type, values, more: [event.data.text] };
    case 'mail-released':
    case 'mail-hurried':
    case 'line-removed':
      return { key: event.type, values };
  }
}
