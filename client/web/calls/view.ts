/** One call to make: whom, at which number, why, what to say, what was said before, and the form that notes what came of it. */
import { localDay } from '../../../domain/dates.ts';
import type { LocalDate, PersonId } from '../../../domain/ids.ts';
import type { CallConcern, CallEntry } from '../../board/call-list.ts';
import { moment, nearDay } from '../../dutch/format.ts';
import { concernsText, sameSaid } from '../../dutch/standing-text.ts';
import type { PathWords } from '../../dutch/words.ts';
import { callOutcomes, type Call } from '../../../store/calls.ts';
import type { Person } from '../../../store/people.ts';
import { type FormView, formView, type Problem } from '../forms/fields.ts';
import type { Session } from '../sign-in/session.ts';
import type { Web } from '../web.ts';
import { nextStepText } from './words.ts';

const EARLIER_SHOWN = 3;
/** With more reasons than this, the rest is a number. */
const REASONS_SHOWN = 5;

/** The weightiest first; what is said in one sentence stands together. */
const reasonsOf = (concerns: readonly CallConcern[]): [CallConcern, ...CallConcern[]][] =>
  [...Map.groupBy(concerns, sameSaid).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, ...others]],
  );

/** Of one person in one region: the form of that call. */
export const callFormId = ({ row, party }: Pick<CallEntry, 'row' | 'party'>): string =>
  `bel-${row.path}${party === undefined ? '' : `-${party.replace(':', '-')}`}`;

/** A friendly sentence to begin with, about what weighs most. */
export function sayText(web: Web, words: PathWords, concern: CallConcern, entry: CallEntry, today: LocalDate): string {
  const { decision = '', party, due, session } = concern;
  const { article, short } = words.decision(decision);
  const isWithout = entry.row.sinking.some((each) => each.kind === 'condition' && each.party === party);
  const { texts } = web.pages;
  const to = entry.party === undefined ? 'coordinator' : 'contact';
  // Without a session there was none: then the day itself is what counts.
  const code = concern.code === 'no-session' && session === undefined ? 'overdue' : concern.code;
  const said = texts.text(`calls.say.${to}.${code}`, {
    decision: `${article} ${short}`,
    ...(party !== undefined && { party: words.party(party) }),
    ...(due !== undefined && { due: nearDay(due, today) }),
    ...(session !== undefined && { day: nearDay(session, today) }),
  });
  return [said, ...(isWithout && to === 'coordinator' ? [texts.text('calls.say.without')] : [])].join(' ');
}

function earlierText(web: Web, call: Call, today: LocalDate): { text: string; note: string } {
  const { texts } = web.pages;
  const outcome = texts.text(`calls.outcome.${call.outcome}`);
  const next = nextStepText(texts, call, today);
  return {
    text: texts.text('calls.earlier-line', { when: moment(call.at), author: call.author, outcome }),
    note: [call.note, next].filter(Boolean).join(' – '),
  };
}

export function callForm(web: Web, session: Session, entry: CallEntry, problem?: Problem): FormView {
  const { texts } = web.pages;
  const { row, party, person, concerns } = entry;
  const label = (name: string): string => texts.text(`calls.field.${name}`);
  return formView(
    {
      id: callFormId(entry),
      action: `/bellen/${encodeURIComponent(row.path)}`,
      submit: texts.text('calls.submit'),
      hidden: { party: party ?? '', person: person ?? '', concerns: concerns.map(({ key }) => key).join(' ') },
      fields: [
        {
          ...{ name: 'outcome', label: label('outcome'), kind: 'select', required: true },
          choices: callOutcomes.map((value) => ({ value, label: texts.text(`calls.outcome.${value}`) })),
        },
        { name: 'note', label: label('note'), kind: 'textarea', rows: 2, optional: true },
        { name: 'next', label: label('next'), optional: true },
        { name: 'nextOn', label: label('next-on'), kind: 'date', hint: texts.text('calls.next-hint'), optional: true },
      ],
    },
    session.formToken,
    problem,
  );
}

export function entryView(
  web: Web,
  session: Session,
  entry: CallEntry,
  people: ReadonlyMap<PersonId, Person>,
  problem?: Problem,
) {
  const { row, party, concerns, due, earlier } = entry;
  const { texts } = web.pages;
  const words = web.words(row.definition.key);
  const today = localDay(web.clock());
  const person = entry.person === undefined ? undefined : people.get(entry.person);
  const [main] = concerns;
  const reasons = reasonsOf(concerns);
  const form = callForm(web, session, entry, problem);
  return {
    id: `${form.id}-kop`,
    partnership: row.partnership,
    home: `/paden/${encodeURIComponent(row.path)}`,
    role: party === undefined ? texts.text('calls.coordinator') : words.party(party),
    name: person?.name ?? texts.text('who.unknown'),
    function: person?.function,
    phone: person?.phone,
    email: person?.email,
    say: main === undefined ? undefined : sayText(web, words, main, entry, today),
    reasons: reasons.slice(0, REASONS_SHOWN).map((same) => ({
      text: concernsText(same, { texts, words, today }),
      tone: same[0].weight === 2 ? 'late' : 'soon',
      others: party === undefined && same[0].party !== undefined ? contactOf(entry, same[0], people, words) : undefined,
    })),
    more:
      reasons.length > REASONS_SHOWN
        ? texts.text('calls.more-reasons', { count: reasons.length - REASONS_SHOWN })
        : undefined,
    due:
      due === undefined
        ? undefined
        : texts.text('calls.due', {
            action: due.nextAction || texts.text('calls.call-again'),
            day: nearDay(due.nextOn ?? today, today),
          }),
    earlier: earlier.slice(0, EARLIER_SHOWN).map((call) => earlierText(web, call, today)),
    form,
    isOpen: problem?.form === form.id,
  };
}

/** A call in a few lines, for the overview. */
export function callSummary(web: Web, entry: CallEntry, people: ReadonlyMap<PersonId, Person>) {
  const person = entry.person === undefined ? undefined : people.get(entry.person);
  const [main] = entry.concerns;
  const words = web.words(entry.row.definition.key);
  const { nextAction = '' } = entry.due ?? {};
  return {
    name: person?.name ?? web.pages.texts.text('who.unknown'),
    ...{ partnership: entry.row.partnership, phone: person?.phone, email: person?.email },
    say: main === undefined ? nextAction : sayText(web, words, main, entry, localDay(web.clock())),
  };
}

/** Who speaks for the municipality that it is about, for who would rather call there. */
function contactOf({ row }: CallEntry, concern: CallConcern, people: ReadonlyMap<PersonId, Person>, words: PathWords) {
  const id = concern.party === undefined ? undefined : row.speakers[concern.party];
  const person = id === undefined ? undefined : people.get(id);
  if (person === undefined || concern.party === undefined) return undefined;
  return { party: words.party(concern.party), name: person.name, phone: person.phone, email: person.email };
}

/** Everybody whose details a list shows. */
export const peopleIn = (entries: readonly CallEntry[]): PersonId[] => [
  ...new Set(
    entries.flatMap(({ row, person, concerns }) => [
      ...(person === undefined ? [] : [person]),
      ...reasonsOf(concerns)
        .slice(0, REASONS_SHOWN)
        .flatMap(([{ party }]) => (party && row.speakers[party]) ?? []),
    ]),
  ),
];
