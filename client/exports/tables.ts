/** The tables that can be taken out, by the names of their files. Each says its rows for one path at a time. */
import {
  currentAsks,
  decisionsOf,
  concerned,
  bodyOf,
  findAsk,
  municipalities,
  namedDate,
} from '../../domain/lookup.ts';
import type { Decision } from '../../domain/definition.ts';
import { type PartyId, type PersonId, nisOf } from '../../domain/ids.ts';
import { momentsOf } from '../../domain/moments.ts';
import { isWaiting, stepStates } from '../../domain/progress.ts';
import { askSchedule } from '../../domain/schedule.ts';
import { momentText } from '../calendar/words.ts';
import { capital } from '../dutch/format.ts';
import { actorText, type Dossier } from '../web/dossier.ts';
import type { Store } from '../../store/store.ts';
import { referenceView } from '../web/evidence.ts';
import { itemTitle } from '../web/history.ts';
import type { ColumnSpec, Row } from './table.ts';

export const tableNames = ['regios', 'antwoorden', 'termijnen', 'personen', 'gesprekken', 'notities'] as const;
export type TableName = (typeof tableNames)[number];
export const isTableName = (text: string): text is TableName => (tableNames as readonly string[]).includes(text);

export interface TableSource {
  columns: readonly ColumnSpec[];
  /** All of it is personal: only of paths whose people the viewer may see. */
  isPersonal?: boolean;
  /** Of one path at a time. */
  isOneByOne?: boolean;
  rowsOf: (dossier: Dossier, written: WrittenStores) => Row[] | Promise<Row[]>;
}

/** What people wrote beside the record. */
export type WrittenStores = Pick<Store, 'calls' | 'notes'>;

const define = <Key extends string>(source: {
  columns: readonly ColumnSpec<Key>[];
  isPersonal?: boolean;
  isOneByOne?: boolean;
  rowsOf: (dossier: Dossier, written: WrittenStores) => Row<Key>[] | Promise<Row<Key>[]>;
}): TableSource => source;

const place = (dossier: Dossier) => ({ path: dossier.state.id, partnership: dossier.partnership });
const placeColumns = [
  { key: 'partnership', width: 28 },
  { key: 'path', width: 20 },
] as const;

const municipal = ({ words }: Dossier, party: PartyId) => ({
  party: capital(words.party(party)),
  nis: nisOf(party) ?? null,
});

/** The same of what may be about the whole region. */
const about = (dossier: Dossier, party: PartyId | undefined) =>
  party === undefined ? { party: null, nis: null } : municipal(dossier, party);

const regions = define({
  columns: [
    ...placeColumns,
    { key: 'referenceRegion', width: 20 },
    { key: 'definition', width: 34 },
    { key: 'round', width: 26 },
    { key: 'route', width: 22 },
    { key: 'pathStatus', width: 14 },
    { key: 'municipalities', kind: 'number', width: 12 },
    { key: 'inhabitants', kind: 'number', width: 12 },
    { key: 'stepsDone', kind: 'number', width: 10 },
    { key: 'steps', kind: 'number', width: 10 },
    { key: 'asked', kind: 'number', width: 12 },
    { key: 'approved', kind: 'number', width: 12 },
    { key: 'waiting', kind: 'number', width: 12 },
    { key: 'rejected', kind: 'number', width: 12 },
    { key: 'closesOn', kind: 'day', width: 14 },
    { key: 'submittedOn', kind: 'day', width: 14 },
    { key: 'submissionNumber', width: 18 },
    { key: 'outcome', width: 14 },
    { key: 'amount', kind: 'amount', width: 14 },
    { key: 'coordinator', width: 24, isPersonal: true },
  ],
  rowsOf(dossier) {
    const { state, words, texts, referenceRegion } = dossier;
    const asks = currentAsks(state).filter(({ ask }) => ask.status !== 'waived');
    const count = (isCounted: (each: (typeof asks)[number]) => boolean): number => asks.filter(isCounted).length;
    const parties = municipalities(state);
    const known = parties.flatMap(({ facts }) => facts.inhabitants ?? []);
    const steps = stepStates(state);
    const status = state.ending?.outcome ?? (state.paused === undefined ? 'running' : 'paused');
    return [
      {
        ...place(dossier),
        referenceRegion: referenceRegion ?? null,
        definition: [words.title, words.topic].filter(Boolean).join(': '),
        round: state.round === undefined ? null : words.round(state.round.key).title,
        route: state.route === undefined ? null : words.route(state.route).short,
        pathStatus: texts.text(`export.path-status.${status}`),
        municipalities: parties.length,
        // A sum of some of them would be read as that of all.
        inhabitants: known.length === parties.length ? known.reduce((sum, each) => sum + each, 0) : null,
        stepsDone: steps.filter((step) => step.status === 'done').length,
        steps: steps.length,
        asked: asks.length,
        approved: count(({ ask }) => ask.status === 'approved'),
        waiting: count(({ ask }) => isWaiting(ask)),
        rejected: count(({ ask }) => ask.status === 'rejected'),
        closesOn: namedDate(state, 'closesOn') ?? null,
        submittedOn: state.submission?.on ?? null,
        submissionNumber: state.submission?.number ?? null,
        outcome: state.outcome === undefined ? null : texts.text(`export.path-status.${state.outcome.outcome}`),
        amount: state.outcome?.amount ?? null,
        coordinator: dossier.people.get(state.coordinator)?.name ?? null,
      },
    ];
  },
});

const answers = define({
  columns: [
    ...placeColumns,
    { key: 'party', width: 22 },
    { key: 'nis', width: 11 },
    { key: 'decision', width: 30 },
    { key: 'body', width: 18 },
    { key: 'status', width: 22 },
    { key: 'sessionOn', kind: 'day', width: 14 },
    { key: 'dueOn', kind: 'day', width: 14 },
    { key: 'textVersion', kind: 'number', width: 9 },
    { key: 'proof', width: 40 },
    { key: 'sha256', width: 30 },
    { key: 'isOnBehalf', kind: 'yes-no', width: 14 },
    { key: 'notedAt', kind: 'moment', width: 17 },
    { key: 'notedBy', width: 30, isPersonal: true },
    { key: 'changes', width: 40, isPersonal: true },
    { key: 'reason', width: 40, isPersonal: true },
  ],
  rowsOf: (dossier) =>
    decisionsOf(dossier.state).flatMap((decision) =>
      concerned(dossier.state, decision).map((party) => answerRow(dossier, decision, party)),
    ),
});

function answerRow(dossier: Dossier, decision: Decision, party: PartyId) {
  const { state, words, texts, now } = dossier;
  const { status, dueOn } = askSchedule(state, decision, party, now);
  const ask = findAsk(state, decision.key, party);
  const { answer } = ask ?? {};
  const proof = answer?.reference === undefined ? undefined : referenceView(dossier, answer.reference);
  return {
    ...place(dossier),
    ...municipal(dossier, party),
    decision: words.decision(decision.key).title,
    body: words.body(bodyOf(state, decision, party).key).title,
    status: texts.text(`export.status.${status}`),
    sessionOn: answer?.sessionOn ?? null,
    dueOn,
    textVersion: ask === undefined ? null : ask.textVersion,
    proof: proof?.text ?? null,
    sha256: proof?.sha256 ?? null,
    isOnBehalf: answer === undefined ? null : answer.by.onBehalfOf !== undefined,
    notedAt: answer?.at ?? null,
    notedBy: answer === undefined ? null : actorText(dossier, answer.by, answer.answeredBy),
    changes: answer?.changes ?? null,
    reason: answer?.reason ?? null,
  };
}

const deadlines = define({
  columns: [
    { key: 'on', kind: 'day', width: 14 },
    ...placeColumns,
    { key: 'party', width: 22 },
    { key: 'nis', width: 11 },
    { key: 'what', width: 60 },
    { key: 'momentKind', width: 26 },
    { key: 'isEstimate', kind: 'yes-no', width: 12 },
  ],
  rowsOf: (dossier) =>
    momentsOf(dossier.state).map((moment) => ({
      on: moment.on,
      ...place(dossier),
      ...about(dossier, 'party' in moment ? moment.party : undefined),
      what: momentText(dossier, moment),
      momentKind: dossier.texts.text(`export.moment.${moment.kind}`),
      isEstimate: moment.isEstimate,
    })),
});

const people = define({
  isPersonal: true,
  isOneByOne: true,
  columns: [
    ...placeColumns,
    { key: 'party', width: 22 },
    { key: 'nis', width: 11 },
    { key: 'personRole', width: 26 },
    { key: 'isCurrent', kind: 'yes-no', width: 10 },
    { key: 'name', width: 26 },
    { key: 'function', width: 26 },
    { key: 'email', width: 34 },
    { key: 'phone', width: 20 },
    { key: 'since', kind: 'moment', width: 17 },
  ],
  rowsOf: (dossier) => {
    const { texts } = dossier;
    const roles = currentRoles(dossier);
    return [...dossier.people.values()].map((person) => ({
      ...place(dossier),
      ...about(dossier, person.party),
      personRole: texts.text(`export.role.${roles.get(person.id) ?? person.role}`),
      isCurrent: roles.has(person.id),
      name: person.name,
      function: person.function ?? null,
      email: person.email ?? null,
      phone: person.phone ?? null,
      since: person.createdAt,
    }));
  },
});

const calls = define({
  isPersonal: true,
  columns: [
    ...placeColumns,
    { key: 'calledAt', kind: 'moment', width: 17 },
    { key: 'author', width: 26 },
    { key: 'party', width: 22 },
    { key: 'nis', width: 11 },
    { key: 'callee', width: 26 },
    { key: 'about', width: 40 },
    { key: 'callOutcome', width: 20 },
    { key: 'said', width: 50 },
    { key: 'nextAction', width: 40 },
    { key: 'nextOn', kind: 'day', width: 14 },
    { key: 'via', width: 16 },
  ],
  rowsOf: async (dossier, written) =>
    (await written.calls.callsOf(dossier.state.id)).map((call) => ({
      ...place(dossier),
      ...about(dossier, call.party),
      ...{ calledAt: call.at, author: call.author },
      callee: call.person === undefined ? null : (dossier.people.get(call.person)?.name ?? null),
      about: concernItems(dossier, call.concerns).join(', ') || null,
      callOutcome: dossier.texts.text(`calls.outcome.${call.outcome}`),
      said: call.note || null,
      nextAction: call.nextAction || null,
      nextOn: call.nextOn ?? null,
      via: dossier.texts.text(`export.via.${call.via}`),
    })),
});

/** The tasks and decisions that keys of concerns speak of: `no-session/statutes/nis:23102`. */
const concernItems = (dossier: Dossier, keys: readonly string[]): string[] => [
  ...new Set(keys.flatMap((key) => key.split('/')[1] ?? []).map((item) => itemTitle(dossier, item))),
];

const notes = define({
  isPersonal: true,
  columns: [
    ...placeColumns,
    { key: 'writtenAt', kind: 'moment', width: 17 },
    { key: 'author', width: 26 },
    { key: 'party', width: 22 },
    { key: 'nis', width: 11 },
    { key: 'note', width: 80 },
    { key: 'removedAt', kind: 'moment', width: 17 },
    { key: 'via', width: 16 },
  ],
  rowsOf: async (dossier, written) =>
    (await written.notes.notesOf(dossier.state.id)).map((note) => ({
      ...place(dossier),
      ...about(dossier, note.party),
      ...{ writtenAt: note.createdAt, author: note.author },
      note: note.removedAt === undefined ? note.text : null,
      removedAt: note.removedAt ?? null,
      via: dossier.texts.text(`export.via.${note.via}`),
    })),
});

/** Who speaks for whom today. */
function currentRoles({
  state,
}: Dossier): ReadonlyMap<PersonId, 'contact' | 'deputy' | 'coordinator' | 'deputy-coordinator'> {
  const roles = new Map<PersonId, 'contact' | 'deputy' | 'coordinator' | 'deputy-coordinator'>();
  for (const { contact, deputy } of municipalities(state)) {
    if (deputy !== undefined) roles.set(deputy, 'deputy');
    if (contact !== undefined) roles.set(contact, 'contact');
  }
  if (state.deputyCoordinator !== undefined) roles.set(state.deputyCoordinator, 'deputy-coordinator');
  return roles.set(state.coordinator, 'coordinator');
}

export const tables: Record<TableName, TableSource> = {
  regios: regions,
  antwoorden: answers,
  termijnen: deadlines,
  personen: people,
  gesprekken: calls,
  notities: notes,
};
