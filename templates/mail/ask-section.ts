/** A decision that is asked of a party: the request, its reminders, and the question after the session. */
import type { AskItem } from '../../domain/message.ts';
import { withArticle } from '../dutch.ts';
import { inLines } from '../in-sentence.ts';
import { callSection, chooseSection } from './call-section.ts';
import type { Phrases } from './phrases.ts';
import type { Fact, Section } from './section.ts';
import { askKind, type Reach, reachOf, type Session } from './sessions.ts';

export function askSection(words: Phrases, item: AskItem): Section {
  const kind = askKind(item, words.isCoordinator, words.message.day);
  if (item.status === 'changed' || item.status === 'rejected') return chooseSection(words, item);
  if (kind === 'escalation') return callSection(words, item);
  const reach = reachOf(item, words.message.day);
  const parts = partsOf(words, item, kind, reach);
  return { title: titleOf(words, item), ...parts, notes: [...parts.notes, ...whoAnswers(words, item)] };
}

function titleOf({ t, context: { texts } }: Phrases, item: AskItem): string {
  const decision = texts.decision(item.decision).title;
  const body = texts.body(item.body).title;
  return decision.includes(body) ? decision : t('ask.title', { decision, body });
}

type Parts = Pick<Section, 'paragraphs' | 'facts' | 'notes'>;

function partsOf(words: Phrases, item: AskItem, kind: AskItem['kind'], reach: Reach): Parts {
  const { t, day } = words;
  const decision = words.decision(item.decision);
  const dates = {
    facts: [...dueFacts(words, item), ...sessionFacts(words, reach)],
    notes: sessionNotes(words, item, reach),
  };
  if (kind === 'outcome-question' && item.sessionOn !== undefined) {
    const outcome = t('ask.outcome', { body: words.body(item.body), session: day(item.sessionOn), decision });
    return { paragraphs: [outcome, t('ask.outcome-answers')], facts: [], notes: [] };
  }
  if (kind === 'overdue') return { paragraphs: overdue(words, item, reach), facts: [], notes: estimate(words, item) };
  if (kind === 'request') {
    const lead = leadOf(words, item, reach);
    const last = reach.next === undefined || reach.next.on === reach.last?.on ? {} : withoutNext(reach);
    const facts = lead === undefined ? dates.facts : [...dueFacts(words, item), ...sessionFacts(words, last)];
    return { ...dates, paragraphs: [...(lead === undefined ? [] : [lead]), ...request(words, item)], facts };
  }
  const open = item.status === 'adjourned' ? 'ask.adjourned' : 'ask.open';
  return { paragraphs: [t(open, { decision })], ...dates };
}

/** `Kan dit op de raad van 24 juni? De agenda sluit op 13 juni.` */
function leadOf({ t, body, day, closes }: Phrases, item: AskItem, { next, last }: Reach): string | undefined {
  const first = next ?? last;
  if (first === undefined) return undefined;
  const isOnly = last === undefined || last.on === first.on;
  const values = { body: body(item.body), session: day(first.on), closes: closes(first.cutoff) };
  return t(isOnly ? 'ask.lead-only' : 'ask.lead', values);
}

const withoutNext = ({ last }: Reach): Reach => (last === undefined ? {} : { last });

function request(words: Phrases, item: AskItem): string[] {
  const { t, body, party, context } = words;
  const { ask, explanation } = context.texts.decision(item.decision);
  const usual = context.usualBody(item.decision);
  const isOtherBody = usual !== undefined && usual !== item.body;
  return [
    t('ask.asked', { ask }),
    ...(explanation === undefined ? [] : [explanation]),
    ...(isOtherBody ? [t('ask.other-body', { party: party(item.party), body: body(item.body) })] : []),
    ...(item.attempt === 1
      ? []
      : [item.textVersion > 1 ? t('ask.again', { version: item.textVersion }) : t('ask.again-same')]),
    ...whereTheTextIs(words, item),
  ];
}

/** Who is asked finds the draft on the own page; who coordinates has the text. */
const whereTheTextIs = ({ t, isCoordinator }: Phrases, item: AskItem): string[] =>
  isCoordinator ? [] : [t('ask.text', { version: item.textVersion })];

function overdue({ t, day, closes, decision }: Phrases, item: AskItem, { tooLate }: Reach): string[] {
  const next = tooLate && t('ask.overdue-next', { session: day(tooLate.on), closes: closes(tooLate.cutoff) });
  const asked = t('ask.overdue', { decision: decision(item.decision), due: day(item.dueOn) });
  return [asked, ...(next === undefined ? [] : [next])];
}

/** By when, and why then. */
function dueFacts({ t, dueDay, context }: Phrases, item: AskItem): Fact[] {
  const label = t('ask.due');
  const day = dueDay(item.dueOn);
  // A deadline that the law brings forward comes before one that was moved.
  const law = item.law === undefined ? undefined : context.texts.law(item.law);
  const moved = law === undefined ? context.movedReason(item.decision, item.party) : undefined;
  if (moved !== undefined)
    return [
      { label, value: t('ask.due-value', { day }) },
      { label: t('ask.why-moved'), value: inLines(moved) },
    ];
  const { why } = law ?? context.texts.decision(item.decision);
  return [{ label, value: why === undefined ? t('ask.due-value', { day }) : t('ask.due-why', { day, why }) }];
}

/** The first and the last session that make it, or the only one. */
export function sessionFacts({ t, fullDay, closes }: Phrases, { next, last }: Reach): Fact[] {
  const value = (session: Session): string =>
    t('ask.session', { day: fullDay(session.on), closes: closes(session.cutoff, session.on) });
  const only = next?.on === last?.on ? next : undefined;
  if (only !== undefined) return [{ label: t('ask.only'), value: value(only) }];
  return [
    ...(next === undefined ? [] : [{ label: t('ask.next'), value: value(next) }]),
    ...(last === undefined ? [] : [{ label: t('ask.last'), value: value(last) }]),
  ];
}

/** What does not make it any more is said plainly, and what was assumed is called an estimate. */
function sessionNotes(words: Phrases, item: AskItem, { next, last, passed, tooLate }: Reach): string[] {
  const { t, day, context, isCoordinator } = words;
  const due = day(item.dueOn);
  const isNoneLeft = next === undefined && last === undefined;
  const noneLeft = isCoordinator
    ? t('ask.none-left-self', { due })
    : t('ask.none-left', { due, coordinator: context.coordinator.name });
  return [
    ...(passed ? [t('ask.passed', { session: day(passed.on), cutoff: day(passed.cutoff) })] : []),
    ...(isNoneLeft ? [noneLeft] : []),
    ...(isNoneLeft && tooLate ? [t('ask.next-too-late', { session: day(tooLate.on) })] : []),
    ...(last ? [t('ask.after-last', { session: day(last.on) })] : []),
    ...estimate(words, item),
  ];
}

function estimate({ t, context: { texts } }: Phrases, item: AskItem): string[] {
  if (!item.assumed || (item.nextSession === undefined && item.lastSession === undefined)) return [];
  const { title, article } = texts.body(item.body);
  return [t('ask.estimate', { body: withArticle(title, article) })];
}

/** Who coordinates gets the asks of parties that have nobody else. */
function whoAnswers({ t, party, isCoordinator }: Phrases, item: AskItem): string[] {
  if (!isCoordinator) return [];
  return [t(item.party.startsWith('nis:') ? 'ask.no-contact' : 'ask.self', { party: party(item.party) })];
}
