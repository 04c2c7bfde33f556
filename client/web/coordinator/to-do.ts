/** What a coordinator can do now: choose how to go on, send texts, tick tasks, hand in, note the decision. */
import { askAfterElectionsFrom } from '../../../domain/calendar.ts';
import type { Decision } from '../../../domain/definition.ts';
import { foreseenMisses, isDueTooEarly, type Missed } from '../../../domain/foresight.ts';
import type { LocalDate } from '../../../domain/ids.ts';
import { activeParties, currentAsks, isMunicipal, municipalities, namedDate, tasksOf } from '../../../domain/lookup.ts';
import { isDone, needsCall, openTasks, readyDecisions } from '../../../domain/progress.ts';
import { correspondents } from '../../../domain/reach.ts';
import { decisionDue, taskDue, textsNeededBy } from '../../../domain/schedule.ts';
import { callText, type Dossier } from '../dossier.ts';
import { textAddress } from '../drafts/links.ts';
import { fullDay, nearDay } from '../../dutch/format.ts';
import { homeOfPath } from './access.ts';
import type { CommandForms } from './command-form.ts';
import { askAddress } from './grid.ts';
import { isSettledSince } from './settled-mail.ts';

export function callsOf(dossier: Dossier) {
  const { state, words, texts } = dossier;
  return currentAsks(state)
    .filter(({ ask }) => needsCall(ask))
    .map(({ ask }) => ({
      text: texts.text(`overview.counts.${ask.status === 'rejected' ? 'rejected' : 'changed'}`, {
        party: words.party(ask.party),
        decision: words.decision(ask.decision).short,
      }),
      href: askAddress(dossier, ask.decision, ask.party),
    }));
}

/** With more names than this, they are folded. */
const MOST_NAMES = 4;

/** What will be asked in vain unless something is arranged, by decision: whose date is too early, and who has no session. */
export function foreseenOf(dossier: Dossier) {
  const { state, words, texts, today } = dossier;
  const byDecision = Map.groupBy(foreseenMisses(state), ({ decision, dueOn }) => `${decision.key} ${dueOn}`);
  const all = [...byDecision.values()].flatMap((missed) => {
    const [first] = missed;
    if (first === undefined) return [];
    const isEarly = isDueTooEarly(first);
    const { article, short } = words.decision(first.decision.key);
    const text = texts.text(isEarly ? 'path.early' : 'path.foreseen', {
      decision: isEarly ? words.decision(first.decision.key).title : `${article} ${short}`,
      // Of a date that is over by now the year matters.
      due: isEarly ? fullDay(first.dueOn) : nearDay(first.dueOn, today),
      ask: isEarly ? fullDay(first.askOn) : nearDay(first.askOn, today),
    });
    const parties = missed.map((each) => missedParty(dossier, each));
    const many = parties.length > MOST_NAMES ? texts.text('path.foreseen-many', { count: parties.length }) : undefined;
    return [{ text, isEarly, parties, many }];
  });
  return { early: all.filter(({ isEarly }) => isEarly), noSession: all.filter(({ isEarly }) => !isEarly) };
}

function missedParty(dossier: Dossier, { decision, party, nextSession, assumed, holiday }: Missed) {
  const { words, texts, today } = dossier;
  const say = (key: string, day: LocalDate | undefined): string[] =>
    day === undefined ? [] : [texts.text(`path.foreseen-${key}`, { day: nearDay(day, today) })];
  return {
    name: words.party(party),
    href: askAddress(dossier, decision.key, party),
    next: [...say('holiday', holiday), ...say(assumed ? 'estimate' : 'next', nextSession)].join('; '),
  };
}

/** @param forms left out for who may not send anything */
export function readyOf(dossier: Dossier, forms: CommandForms | undefined) {
  const { state, words, texts, today } = dossier;
  return readyDecisions(state).map(({ decision, readyOn }) => ({
    title: words.decision(decision.key).title,
    explanation: words.decision(decision.key).explanation,
    due: nearDay(decisionDue(state, decision), today),
    from: readyOn > today ? nearDay(readyOn, today) : undefined,
    notes: timingNotes(dossier, decision),
    texts: isMunicipal(state, decision) ? textAddress({ home: homeOfPath(state.id) }, decision.key) : undefined,
    form:
      readyOn > today
        ? undefined
        : forms?.form({
            command: 'request',
            about: decision.key,
            submit: texts.text('path.send', { decision: words.decision(decision.key).short }),
            hidden: { decision: decision.key },
          }),
  }));
}

/** When texts are best sent, and whether it makes sense to ask now. */
function timingNotes({ state, texts, today }: Dossier, decision: Decision): string[] {
  if (!isMunicipal(state, decision)) return [];
  const by = textsNeededBy(state, decision);
  const from = askAfterElectionsFrom(today);
  return [
    texts.text(by < today ? 'path.texts-late' : 'path.texts-by', { day: nearDay(by, today) }),
    ...(from === undefined ? [] : [texts.text('path.outgoing', { from: nearDay(from, today) })]),
  ];
}

/** @param forms left out for who may not tick anything */
export function tasksToDo(dossier: Dossier, forms: CommandForms | undefined) {
  const { state, words, texts, today } = dossier;
  return openTasks(state)
    .filter((task) => task.kind === undefined)
    .map((task) => {
      const due = taskDue(state, task);
      return {
        title: words.task(task.key).title,
        explanation: words.task(task.key).explanation,
        due: nearDay(due, today),
        isLate: due < today && task.optional !== true,
        form: forms?.form({
          command: 'complete-task',
          about: task.key,
          submit: texts.text('path.tick'),
          hidden: { task: task.key },
          isQuiet: true,
        }),
      };
    });
}

/** Handing in and its outcome, when it is time for them. */
export function milestonesOf(dossier: Dossier, forms: CommandForms) {
  const { state, texts } = dossier;
  const { submission, outcome } = state;
  const open = openTasks(state);
  const date = { kind: 'date' as const, hint: texts.text('form.date-hint'), required: true };
  const hasSubmission = tasksOf(state).some((task) => task.kind === 'submission');
  const closes = namedDate(state, 'closesOn');
  const mayDecide = state.ending === undefined && outcome === undefined && (submission !== undefined || !hasSubmission);
  return {
    submission:
      submission === undefined && open.some((task) => task.kind === 'submission')
        ? forms.form({
            command: 'record-submission',
            submit: texts.text('path.submission.submit'),
            fields: [
              { name: 'number', label: texts.text('path.submission.number'), required: true },
              { name: 'on', label: texts.text('path.submission.on'), ...date },
            ],
          })
        : undefined,
    closes: closes && nearDay(closes, dossier.today),
    decision:
      mayDecide && open.some((task) => task.kind === 'outcome')
        ? forms.form({
            command: 'record-decision',
            submit: texts.text('path.decision.submit'),
            fields: [
              {
                name: 'outcome',
                label: texts.text('path.decision.outcome'),
                kind: 'select',
                choices: ['', 'granted', 'refused'].map((value) => ({
                  value,
                  label: texts.text(`path.decision.${value === '' ? 'choose' : value}`),
                })),
                required: true,
              },
              { name: 'on', label: texts.text('path.decision.on'), ...date },
              { name: 'amount', label: texts.text('path.decision.amount'), optional: true },
              { name: 'reason', label: texts.text('answer.reason'), kind: 'textarea', optional: true },
            ],
          })
        : undefined,
  };
}

/** Tasks that were ticked: to be opened again on the page for managing. */
export const doneTasks = ({ state }: Dossier) =>
  tasksOf(state).filter((task) => task.kind === undefined && isDone(state, task.key));

/** Municipalities without a contact: their mails go to who coordinates. With where they get one, all at once. */
export function withoutContact({ state, texts }: Dossier): { text: string; href: string } | undefined {
  const count = municipalities(state).filter(({ contact }) => contact === undefined).length;
  if (count === 0) return undefined;
  return {
    text: texts.text('path.without-contact', { count }),
    href: `/overdracht?traject=${encodeURIComponent(state.id)}`,
  };
}

/** Mails that did not arrive at who still speaks for somebody, with nothing done about it since. */
export function undeliveredOf(dossier: Dossier, since: Parameters<typeof isSettledSince>[2]) {
  const { state, texts, words } = dossier;
  const everybody = correspondents(state);
  const open = state.undelivered.filter(({ to, at }) => everybody.has(to) && !isSettledSince(to, at, since));
  return open.map((mail) => {
    const party = activeParties(state).find(({ contact, deputy }) => contact === mail.to || deputy === mail.to);
    return {
      text: texts.text('path.undelivered', {
        person: callText(dossier, mail.to),
        kind: texts.text(`mail-kind.${mail.kind}`),
      }),
      party: party && { name: words.party(party.id), href: `${homeOfPath(state.id)}/gemeenten/${party.id}` },
    };
  });
}
