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
import { referenceView } from '../web/evidence.ts';
import type { ColumnSpec, Row } from './table.ts';

export const tableNames = ['regios', 'antwoorden', 'termijnen', 'personen'] as const;
export type TableName = (typeof tableNames)[number];
export const isTableName = (text: string): text is TableName => (tableNames as readonly string[]).includes(text);

export interface TableSource {
  columns: readonly ColumnSpec[];
  /** All of it is personal: one path at a time, for who may see its people. */
  isPersonal?: boolean;
  rowsOf: (dossier: Dossier) => Row[];
}

const define = <Key extends string>(source: {
  columns: readonly ColumnSpec<Key>[];
  isPersonal?: boolean;
  rowsOf: (dossier: Dossier) => Row<Key>[];
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
      ...('party' in moment ? municipal(dossier, moment.party) : { party: null, nis: null }),
      what: momentText(dossier, moment),
      momentKind: dossier.texts.text(`export.moment.${moment.kind}`),
      isEstimate: moment.isEstimate,
    })),
});

const people = define({
  isPersonal: true,
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
      ...(person.party === undefined ? { party: null, nis: null } : municipal(dossier, person.party)),
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
};
