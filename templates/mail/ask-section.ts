/** A decision that is asked of a party: the request, its reminders, and the question after the session. */
import type { AskItem } from '../../domain/message.ts';
import { plainDate, withArticle } from '../dutch.ts';
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
    facts: [dueFact(words, item), ...sessionFacts(words, reach)],
    notes: sessionNotes(words, item, reach),
  };
  if (kind === 'outcome-question' && item.sessionOn !== undefined) {
    const outcome = t('ask.outcome', { body: words.body(item.body), session: day(item.sessionOn), decision });
    return { paragraphs: [outcome, t('ask.outcome-answers')], facts: [], notes: [] };
  }
  if (kind === 'overdue') return { paragraphs: overdue(words, item, reach), facts: [], notes: estimate(words, item) };
  if (kind === 'request') return { paragraphs: request(words, item), ...dates };
  const open = item.status === 'adjourned' ? 'ask.adjourned' : 'ask.open';
  return { paragraphs: [t(open, { decision })], ...dates };
}

function request({ t, body, party, context }: Phrases, item: AskItem): string[] {
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
  ];
}

function overdue({ t, day }: Phrases, item: AskItem, { tooLate }: Reach): string[] {
  const next = tooLate && t('ask.overdue-next', { session: day(tooLate.on), cutoff: day(tooLate.cutoff) });
  return [t('ask.overdue', { due: day(item.dueOn) }), ...(next === undefined ? [] : [next])];
}

/** By when, and why then. */
function dueFact({ t, day, fullDay, context }: Phrases, item: AskItem): Fact {
  const reason = context.dueReason(item.decision, item.party);
  const value = t('ask.due-value', { day: fullDay(item.dueOn) });
  if (reason === undefined) return { label: t('ask.due'), value };
  const why =
    'moved' in reason
      ? t('ask.why-moved', { reason: reason.moved })
      : reason.on === item.dueOn
        ? t('ask.why-same', { date: context.texts.date(reason.anchor) })
        : t('ask.why-anchor', { date: context.texts.date(reason.anchor), day: day(reason.on) });
  return { label: t('ask.due'), value: `${value} (${why})` };
}

function sessionFacts({ t, fullDay }: Phrases, { next, last }: Reach): Fact[] {
  const value = (session: Session): string =>
    t('ask.session', { day: fullDay(session.on), cutoff: plainDate(session.cutoff, session.on) });
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
