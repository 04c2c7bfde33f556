/** For who coordinates: a party to call, with the reason and the sentence to say; or a choice to make. */
import type { LocalDate, PartyId } from '../../domain/ids.ts';
import type { AskItem } from '../../domain/message.ts';
import { capital } from '../dutch.ts';
import type { Phrases } from './phrases.ts';
import type { Fact, Section } from './section.ts';
import { reachOf } from './sessions.ts';

export function callSection(words: Phrases, item: AskItem): Section {
  const { t, party, noun } = words;
  const reason = reasonFor(words, item);
  return {
    title: t('call.title', { party: party(item.party), decision: noun(item.decision) }),
    paragraphs: [],
    facts: [whoToCall(words, item.party), { label: t('call.why'), value: reason.why }],
    notes: item.assumed && item.dueOn >= words.message.day ? [t('call.estimate')] : [],
    say: reason.say,
  };
}

export function whoToCall({ t, party: nameOf, context }: Phrases, party: PartyId): Fact {
  const label = t('call.who');
  const contact = context.contactOf(party);
  if (contact === undefined) {
    const key = party.startsWith('nis:') ? 'call.no-contact' : 'call.self';
    return { label, value: t(key, { party: nameOf(party) }) };
  }
  const { phone } = contact;
  const who = contact.function === undefined ? contact.name : `${contact.name} (${contact.function})`;
  const name = phone === undefined ? who : t('call.who-phone', { name: who, phone });
  if (contact.email === undefined) return { label, value: t('call.who-no-address', { name }) };
  return { label, value: t('call.who-value', { name, email: contact.email }) };
}

function reasonFor(words: Phrases, item: AskItem): { why: string; say: string } {
  const { t, day, closes, context } = words;
  const reach = reachOf(item, words.message.day);
  const values = {
    due: day(item.dueOn),
    partnership: context.partnership,
    decision: words.decision(item.decision),
    body: words.body(item.body),
  };
  const withSession = ({ on, cutoff }: { on: LocalDate; cutoff: LocalDate }) => ({
    ...values,
    session: day(on),
    cutoff: day(cutoff),
    closes: closes(cutoff),
  });
  if (item.dueOn < words.message.day) return { why: t('call.why-overdue', values), say: t('call.say-overdue', values) };
  if (reach.last !== undefined) {
    const facts = withSession(reach.last);
    return { why: t('call.why-silent', facts), say: t('call.say-silent', { ...facts, body: capital(values.body) }) };
  }
  const why = reach.passed ? t('call.why-cutoff-passed', withSession(reach.passed)) : t('call.why-none-left', values);
  return { why, say: t('call.say-none-left', values) };
}

/** A rejection or an approval with changes waits for who coordinates. */
export function chooseSection(words: Phrases, item: AskItem): Section {
  const { t, party } = words;
  const values = { party: party(item.party), decision: words.decision(item.decision) };
  const key = item.status === 'changed' ? 'changed' : 'rejected';
  // What is not obligatory is let go of, not the municipality.
  const letGo = key === 'rejected' && item.optional === true ? '-optional' : '';
  return {
    title: words.context.texts.decision(item.decision).title,
    paragraphs: [capital(t(`choose.${key}`, values)), t(`choose.${key}-options${letGo}`, values)],
    facts: [],
    notes: [],
  };
}
