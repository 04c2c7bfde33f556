/** A plan for a spreadsheet: one row for each party and decision. */
import { csv } from './csv.ts';
import type { PlanReport } from './plan.ts';

const head = [
  'party',
  'name',
  'decision',
  'askedOn',
  'expectedOn',
  'lastSession',
  'agendaCutoff',
  'textsBy',
  'daysAfterLast',
  'article',
  'assumed',
  'dueOn',
  'state',
];

export const planCsv = (plan: PlanReport): string =>
  csv([
    head,
    ...plan.parties.flatMap(({ party, name, decisions }) =>
      decisions.map((each) => [
        party,
        name,
        each.decision,
        each.askedOn,
        each.expectedOn,
        each.lastSession,
        each.agendaCutoff,
        each.textsBy,
        each.daysAfterLast,
        each.article,
        each.assumed,
        each.dueOn,
        each.state,
      ]),
    ),
  ]);
