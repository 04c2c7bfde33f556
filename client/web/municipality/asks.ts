/** What is asked of a municipality, as its page says it: one question each, with the dates that matter. */
import { addDays, daysBetween } from '../../../domain/dates.ts';
import type { Decision } from '../../../domain/definition.ts';
import type { PartyId } from '../../../domain/ids.ts';
import { bodyOf, currentAsks, hasDraft } from '../../../domain/lookup.ts';
import { isWaiting } from '../../../domain/progress.ts';
import { askSchedule, type AskSchedule } from '../../../domain/schedule.ts';
import { agendaCutoff, sessions } from '../../../domain/sessions.ts';
import type { Ask } from '../../../domain/state.ts';
import type { SafeText } from '../../../templates/pages/locale.ts';
import { answerForm, type AnswerFormOptions, type AnswerFormView } from '../answers/form.ts';
import { answerActor, type Dossier, helper } from '../dossier.ts';
import { keptFile, referenceView, type ReferenceView } from '../evidence.ts';
import { evidenceFields } from '../evidence-form.ts';
import { formView, type FormView } from '../forms/fields.ts';
import { capital, moment, nearDay } from '../../dutch/format.ts';

export type Tone = 'calm' | 'soon' | 'late';

export interface AskView {
  key: string;
  /** `Gemeenteraad van Wemmel` */
  body: string;
  question: string;
  ask: string;
  explanation: string;
  badge: { text: string; tone: Tone } | undefined;
  /** About dates. */
  facts: SafeText[];
  isEstimate: boolean;
  /** What was noted before, and by whom. */
  noted: NotedView | undefined;
  /** Nothing is expected of the reader now: the form is folded. */
  isSilent: boolean;
  isFormOpen: boolean;
  form: AnswerFormView;
}

export interface NotedView {
  /** Of the text that it is about. */
  version: string | undefined;
  carried: string | undefined;
  what: string;
  when: string;
  who: string;
  changes: string | undefined;
  reason: string | undefined;
  reference: ReferenceView | undefined;
}

export interface SettledView {
  key: string;
  body: string;
  title: string;
  tone: string;
  noted: NotedView | undefined;
  /** What happens now. */
  next: string | undefined;
  correction: AnswerFormView | undefined;
  isCorrectionOpen: boolean;
  evidence: FormView | undefined;
  evidenceHeading: string;
}

/** `de intentieverklaring` */
export const named = (dossier: Dossier, decision: string): string => {
  const { article, short } = dossier.words.decision(decision);
  return `${article} ${short}`;
};

/** Few short names are plural; which ones is a matter of words, so the locale file lists them. */
const isPlural = ({ texts, words }: Dossier, decision: string): boolean =>
  texts.text('municipality.plural').split(' ').includes(words.decision(decision).short);

export function bodyOfParty({ words }: Dossier, body: string, party: PartyId): string {
  return `${capital(words.body(body).title)} van ${words.party(party)}`;
}

const theBody = ({ words }: Dossier, body: string): string => {
  const { article, short } = words.body(body);
  return `${article} ${short}`;
};

/** What was answered last; undefined as long as nothing was. */
export function notedView(dossier: Dossier, ask: Ask): NotedView | undefined {
  const { answer, carriedFrom } = ask;
  if (answer === undefined) return undefined;
  const { texts, today, state } = dossier;
  const day = answer.sessionOn === undefined ? '' : nearDay(answer.sessionOn, today);
  const key = answer.kind === 'adjourned' && answer.sessionOn === undefined ? 'adjourned-open' : answer.kind;
  const held = answer.heldOn === undefined ? '' : nearDay(answer.heldOn, today);
  const { reference } = answer;
  const isAboutText = hasDraft(state, ask);
  return {
    what: texts.text(`noted.${key}`, { day, held }),
    version: isAboutText ? texts.text('noted.version', { version: ask.textVersion }) : undefined,
    when: moment(answer.at),
    who: answerActor(dossier, answer),
    carried: carriedFrom && texts.text('noted.carried', { party: dossier.words.party(carriedFrom) }),
    changes: answer.changes,
    reason: answer.reason,
    reference: reference === undefined ? undefined : referenceView(dossier, reference),
  };
}

/** What the page asks, by what is known. */
function questionOf(dossier: Dossier, ask: Ask, dates: AskSchedule): string {
  const { texts, today } = dossier;
  const decision = named(dossier, ask.decision);
  const body = theBody(dossier, dates.body);
  const planned = ask.answer?.sessionOn;
  const verb = texts.text(isPlural(dossier, ask.decision) ? 'municipality.stand.many' : 'municipality.stand.one');
  const near = (day: typeof today): string => nearDay(day, today);
  if (planned !== undefined && planned <= today) {
    return texts.text('municipality.question.outcome', { body, day: near(planned), decision });
  }
  if (planned !== undefined) {
    return texts.text('municipality.question.planned', {
      verb: verb.toLowerCase(),
      day: near(planned),
      decision: capital(decision),
    });
  }
  const { nextSession, dueOn } = dates;
  if (nextSession !== undefined && nextSession <= dueOn) {
    return texts.text('municipality.question.agenda', { verb, decision, day: near(nextSession) });
  }
  return texts.text('municipality.question.when', { verb: verb.toLowerCase(), decision });
}

/** The dates in sentences: which session still makes it, until when, what does not, and what comes after. */
function factsOf(dossier: Dossier, decision: Decision, party: PartyId, dates: AskSchedule): SafeText[] {
  const { texts, today, state } = dossier;
  const { why } = dossier.words.decision(decision.key);
  const { body } = bodyOf(state, decision, party);
  const source = state.parties[party]?.sessions[dates.body];
  const coming = sessions(source, body, today, addDays(today, 400));
  const near = (day: typeof today): string => nearDay(day, today);
  const fact = (key: string, values: Record<string, string> = {}): SafeText =>
    texts.html(`municipality.fact.${key}`, values);
  const due = near(dates.dueOn);
  const { nextSession, nextCutoff } = dates;
  if (dates.dueOn < today) return [fact('overdue', { due })];
  if (nextSession === undefined || nextCutoff === undefined || nextSession > dates.dueOn) {
    const next = nextSession === undefined ? [] : [fact('next-too-late', { day: near(nextSession) })];
    return [
      fact('no-session', { due }),
      ...next,
      fact('extra-session', { who: helper(dossier)?.name ?? texts.text('who.coordinator') }),
    ];
  }
  const missed = coming.filter(({ on }) => on < nextSession && agendaCutoff(on, body) < today).at(-1);
  const after = coming.find(({ on }) => on > nextSession);
  const isLast = dates.lastSession === nextSession;
  const last = { day: near(dates.lastSession ?? nextSession), cutoff: near(dates.lastCutoff ?? nextCutoff) };
  return [
    fact('cutoff', { day: near(nextSession), cutoff: near(nextCutoff) }),
    ...(missed === undefined ? [] : [fact('missed', { day: near(missed.on) })]),
    ...(isLast ? [] : [fact('last', last)]),
    ...(isLast && after !== undefined ? [fact('after', { day: near(nextSession), next: near(after.on) })] : []),
    why === undefined ? fact('due', { due }) : fact('due-why', { due, why }),
  ];
}

function badgeOf({ texts, today }: Dossier, ask: Ask, dates: AskSchedule): AskView['badge'] {
  const badge = (key: string, tone: Tone, values: Record<string, string | number> = {}) => ({
    text: texts.text(`municipality.badge.${key}`, values),
    tone,
  });
  if (ask.answer?.sessionOn !== undefined) return undefined;
  if (dates.risk === 'overdue') return badge('overdue', 'late');
  if (dates.risk === 'no-session-left' || dates.nextCutoff === undefined) return badge('no-session', 'late');
  if (dates.sessionsLeft > 1)
    return badge('sessions', dates.sessionsLeft > 2 ? 'calm' : 'soon', { count: dates.sessionsLeft });
  const left = daysBetween(today, dates.nextCutoff);
  return badge(left === 0 ? 'today' : 'days', left <= 21 ? 'soon' : 'calm', { count: left });
}

export function askView(dossier: Dossier, ask: Ask, decision: Decision, options: AnswerFormOptions): AskView {
  const { words, today } = dossier;
  const dates = askSchedule(dossier.state, decision, ask.party, dossier.now);
  const planned = ask.answer?.sessionOn;
  const isSilent = planned !== undefined && planned > today;
  const form = answerForm(dossier, decision, ask.party, options);
  return {
    key: ask.decision,
    body: bodyOfParty(dossier, dates.body, ask.party),
    question: questionOf(dossier, ask, dates),
    ask: words.decision(ask.decision).ask,
    explanation: words.decision(ask.decision).explanation,
    badge: badgeOf(dossier, ask, dates),
    facts: planned === undefined ? factsOf(dossier, decision, ask.party, dates) : [],
    isEstimate: planned === undefined && dates.assumed,
    noted: notedView(dossier, ask),
    isSilent,
    isFormOpen: !isSilent || form.summary !== undefined,
    form,
  };
}

function settledView(dossier: Dossier, ask: Ask, decision: Decision, options: AskOptions): SettledView {
  const { texts, words } = dossier;
  const { answer } = ask;
  const body = bodyOf(dossier.state, decision, ask.party).key;
  const correction = answer && answerForm(dossier, decision, ask.party, { ...options, corrects: answer });
  const next = `municipality.next.${ask.status}`;
  return {
    key: ask.decision,
    body: bodyOfParty(dossier, body, ask.party),
    title: words.decision(ask.decision).title,
    tone: ask.status,
    noted: notedView(dossier, ask),
    next: texts.has(next) ? texts.text(next) : undefined,
    correction,
    isCorrectionOpen: correction?.summary !== undefined,
    evidence: answer && evidenceForm(dossier, ask, options),
    evidenceHeading: texts.text(answer?.reference === undefined ? 'evidence.heading' : 'evidence.replace'),
  };
}

function evidenceForm(dossier: Dossier, { party, decision }: Ask, options: AskOptions): FormView {
  const { texts } = dossier;
  const id = `bewijs-${decision}`;
  const body = options.problem?.form === id ? options.problem.body : {};
  const kept = keptFile(dossier, { party, decision }, undefined, body);
  const label = texts.text('answer.reference');
  const address = { label, kind: 'url' as const, hint: texts.text('answer.reference-hint') };
  return formView(
    {
      id,
      action: options.evidenceAction,
      submit: texts.text('evidence.submit'),
      isQuiet: true,
      hidden: { decision, ...kept.hidden },
      fields: evidenceFields(dossier, address, kept.hint),
    },
    options.formToken,
    options.problem,
  );
}

/** The forms of an ask, and where a published decision is sent to. */
export type AskOptions = AnswerFormOptions & { evidenceAction: string };

export interface PartyAsks {
  open: AskView[];
  settled: SettledView[];
}

/** Everything asked of one party: what it still owes, most urgent first, and what is answered. */
export function partyAsks(dossier: Dossier, party: PartyId, options: AskOptions): PartyAsks {
  const mine = currentAsks(dossier.state).filter(({ ask }) => ask.party === party);
  const open = mine.filter(({ ask }) => isWaiting(ask));
  const dueOf = ({ ask, decision }: (typeof mine)[number]): string => {
    const dates = askSchedule(dossier.state, decision, ask.party, dossier.now);
    const planned = ask.answer?.sessionOn;
    const isSilent = planned !== undefined && planned > dossier.today;
    return `${isSilent ? '1' : '0'}${dates.lastCutoff ?? dates.dueOn}`;
  };
  const sorted = [...open].sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : 1));
  return {
    open: sorted.map(({ ask, decision }) => askView(dossier, ask, decision, options)),
    settled: mine
      .filter(({ ask }) => !isWaiting(ask))
      .reverse()
      .map(({ ask, decision }) => settledView(dossier, ask, decision, options)),
  };
}
