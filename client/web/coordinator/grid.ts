/** Municipalities by decisions: what each of them said, or what stands in the way. */
import type { Decision } from '../../../domain/definition.ts';
import { foreseenMiss, isDueTooEarly } from '../../../domain/foresight.ts';
import type { LocalDate, PartyId } from '../../../domain/ids.ts';
import { concerned, decisionsOf, findAsk, isMunicipal, municipalities, ruleDate } from '../../../domain/lookup.ts';
import { askSchedule, type AskSchedule } from '../../../domain/schedule.ts';
import type { Ask } from '../../../domain/state.ts';
import type { Dossier } from '../dossier.ts';
import { referenceView } from '../evidence.ts';
import { capital, shortDayOf } from '../../dutch/format.ts';
import { homeOfPath } from './access.ts';

export interface GridCell {
  text: string;
  tone: string;
  /** The whole of it, for who hears the page. */
  label: string;
  isOnBehalf: boolean;
  isEstimate: boolean;
  href: string;
  /** Which version of the text it is about, once there are several. */
  version: number | undefined;
  proof: { text: string; href: string | undefined } | undefined;
}

export const askAddress = (dossier: Dossier, decision: string, party: PartyId): string =>
  `${homeOfPath(dossier.state.id)}/beslissingen/${decision}/${party}`;

/** What stands in a cell: a key below `grid.` in the texts. */
export type Said = { key: string; tone: string; values?: Record<string, string | number> };

/** What a party said; undefined as long as it is only asked. */
export function answered(ask: Ask, today: LocalDate): Said | undefined {
  const { status, answer } = ask;
  const day = answer?.sessionOn === undefined ? '' : shortDayOf(answer.sessionOn, today);
  switch (status) {
    case 'approved':
      return { key: 'approved', tone: 'good', values: { day } };
    case 'scheduled':
      return { key: 'scheduled', tone: 'info', values: { day } };
    case 'adjourned':
      return day === '' ? { key: 'adjourned-open', tone: 'soon' } : { key: 'adjourned', tone: 'soon', values: { day } };
    case 'changed':
      return { key: 'changed', tone: 'soon' };
    case 'rejected':
      return { key: 'rejected', tone: 'late' };
    case 'waived':
      return { key: 'waived', tone: 'none' };
    case 'requested':
      return undefined;
  }
}

function waiting({ state, today }: Dossier, decision: Decision, dates: AskSchedule): Said {
  if (dates.status === 'requested') {
    if (dates.risk === 'overdue') return { key: 'overdue', tone: 'late' };
    if (dates.risk === 'no-session-left') return { key: 'no-session', tone: 'late' };
    const tone = dates.risk === 'tight' ? 'soon' : 'calm';
    return { key: 'sessions', tone, values: { count: dates.sessionsLeft } };
  }
  const missed = foreseenMiss(state, decision.key, dates.party);
  if (missed !== undefined) {
    return isDueTooEarly(missed) ? { key: 'early', tone: 'soon' } : { key: 'no-session', tone: 'late' };
  }
  const from = decision.askFrom === undefined ? undefined : ruleDate(state, decision.askFrom);
  if (from !== undefined && from > today)
    return { key: 'from', tone: 'none', values: { day: shortDayOf(from, today) } };
  return { key: dates.status === 'ready' ? 'ready' : 'not-open', tone: 'none' };
}

/** Whether a text was sent in more than one version, so that it matters which one an answer is about. */
const hasVersions = ({ state }: Dossier, { decision, textVersion }: Ask): boolean =>
  (state.texts[decision] ?? 1) > 1 || textVersion > 1;

/** The proof of an answer: its name, and where it opens when it is a file or a web address. */
export function proofOf(
  dossier: Dossier,
  ask: Ask | undefined,
): { text: string; href: string | undefined } | undefined {
  const reference = ask?.answer?.reference;
  if (reference === undefined) return undefined;
  const { text, href } = referenceView(dossier, reference);
  return { text, href };
}

export function gridCell(dossier: Dossier, decision: Decision, party: PartyId): GridCell {
  const { state, texts, words } = dossier;
  const dates = askSchedule(state, decision, party, dossier.now);
  const ask = findAsk(state, decision.key, party);
  const said = (ask && answered(ask, dossier.today)) ?? waiting(dossier, decision, dates);
  const text = texts.text(`grid.${said.key}`, said.values);
  return {
    ...{ text, tone: said.tone },
    label: `${words.party(party)}, ${words.decision(decision.key).short}`,
    isOnBehalf: ask?.answer?.by.onBehalfOf !== undefined,
    isEstimate: said.key === 'sessions' && dates.assumed,
    href: askAddress(dossier, decision.key, party),
    version: ask !== undefined && ask.unasked !== true && hasVersions(dossier, ask) ? ask.textVersion : undefined,
    proof: proofOf(dossier, ask),
  };
}

export function gridOf(dossier: Dossier) {
  const { state, words } = dossier;
  const all = decisionsOf(state);
  const perMunicipality = all.filter((decision) => isMunicipal(state, decision));
  const once = all.filter((decision) => !isMunicipal(state, decision));
  return {
    columns: perMunicipality.map((decision) => words.decision(decision.key).short),
    rows: municipalities(state).map((party) => ({
      name: words.party(party.id),
      href: `${homeOfPath(state.id)}/gemeenten/${party.id}`,
      cells: perMunicipality.map((decision) => gridCell(dossier, decision, party.id)),
    })),
    once: once.flatMap((decision) =>
      concerned(state, decision).map((party) => ({
        decision: capital(words.decision(decision.key).short),
        body: words.party(party),
        cell: gridCell(dossier, decision, party),
      })),
    ),
  };
}
