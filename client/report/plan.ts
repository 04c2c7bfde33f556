/** A plan as the contract of `plan --format json` has it. */
import type { Forecast } from '../../domain/forecast.ts';
import { conditionsOf } from '../../domain/conditions.ts';
import { errorText } from '../errors.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type LawReport, planLaws } from './plan-laws.ts';
import { planTerms, type TermReport } from './plan-terms.ts';
import { type ConditionReport, conditionReports, conditionWarnings } from './conditions.ts';

export interface PlanReport {
  id: string;
  partnership: string;
  parties: {
    party: string;
    name: string;
    decisions: {
      decision: string;
      dueOn: string;
      lastSession: string | null;
      agendaCutoff: string | null;
      textsBy: string | null;
      daysAfterLast: number | null;
      /** Of the notice that the cut-off is counted by; null where it is a habit. */
      article: string | null;
      askedOn: string | null;
      expectedOn: string | null;
      assumed: boolean;
      state: string;
    }[];
  }[];
  deadlines: { key: string; on: string; why: string; article?: string }[];
  mails: { on: string; to: string; kind: string; about: string[]; ifSilent: boolean }[];
  laws: LawReport[];
  /** Of the round, at the end of the course. */
  conditions: ConditionReport[];
  /** What the law says of every decision of a municipality. */
  terms: TermReport[];
  warnings: { code: string; message: string }[];
}

export interface Names {
  partnership: string;
  party: (id: string) => string;
  address: (person: string) => string;
}

const warningTexts: Record<string, string> = {
  'round-closed': 'the round {round} is closed: this can be planned, not started',
  'round-provisional': 'the dates of the round {round} are provisional',
  'no-session-left': '{party}: no session left for {decision} before {dueOn}',
  late: '{party}: {decision} is expected after {dueOn}',
  tight: '{party}: one session left for {decision} before {dueOn}',
  'no-contact': '{party} has no contact: its mails go to the coordinator',
  'sessions-assumed': '{party}: the {body} sessions are an estimate; enter the real dates',
  'sessions-partly-assumed':
    '{party}: some {body} sessions (marked ~) are not confirmed by its calendar or rule; check them',
  'open-at-the-end': '{item} is still open at the end',
  'texts-late': '{decision}: municipalities with less than their lead time: {count}; the first needs the texts by {by}',
  'outgoing-councils': '{decision}: councils are leaving or hardly installed then; prepare it now and ask from {from}',
  unfinished: 'the path does not come to its end',
};

function warningText(code: string, detail: Record<string, string | number>, names: Names): string {
  if (code === 'command-refused') {
    const reason = String(detail['reason']) as RefusalCode;
    return `${String(detail['on'])}: ${String(detail['command'])} is refused (${reason}): ${errorText(reason, 'en')}`;
  }
  return (warningTexts[code] ?? code).replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = String(detail[name] ?? '');
    return name === 'party' ? names.party(value) : value;
  });
}

export function planReport(id: string, forecast: Forecast, names: Names): PlanReport {
  const { laws, warnings } = planLaws(forecast, names.party);
  const conditions = conditionReports(conditionsOf(forecast.run.state), names.party);
  return {
    id,
    partnership: names.partnership,
    parties: forecast.parties.map(({ party, decisions }) => ({
      party,
      name: names.party(party),
      decisions: decisions.map((each) => ({
        decision: each.decision,
        dueOn: each.dueOn,
        lastSession: each.lastSession ?? null,
        agendaCutoff: each.agendaCutoff ?? null,
        textsBy: each.textsBy ?? null,
        daysAfterLast: each.daysAfterLast ?? null,
        article: each.notice.article ?? null,
        askedOn: each.askedOn ?? null,
        expectedOn: each.expectedOn ?? null,
        assumed: each.assumed,
        state: each.state,
      })),
    })),
    deadlines: forecast.deadlines,
    mails: forecast.mails.map(({ on, to, kind, about, ifSilent }) => ({
      on,
      to: names.address(to),
      kind,
      about,
      ifSilent,
    })),
    laws,
    conditions,
    terms: planTerms(),
    warnings: [
      ...forecast.warnings.map(({ code, detail }) => ({ code, message: warningText(code, detail, names) })),
      ...warnings,
      ...conditionWarnings(conditions),
    ],
  };
}
