/** Every decision for every party, with what was answered and what proves it. */
import type { Decision } from '../../../domain/definition.ts';
import type { PartyId } from '../../../domain/ids.ts';
import { bodyOf, concerned, decisionsOf, findAsk } from '../../../domain/lookup.ts';
import { askSchedule } from '../../../domain/schedule.ts';
import { actorText, type Dossier } from '../../web/dossier.ts';
import { referenceView } from '../../web/evidence.ts';
import { columnsOf } from '../columns.ts';
import { define, municipal, place } from './source.ts';

export const answers = define({
  columns: columnsOf(
    'partnership',
    'path',
    'party',
    'nis',
    'decision',
    'body',
    'status',
    'sessionOn',
    'dueOn',
    'textVersion',
    'proof',
    'sha256',
    'isOnBehalf',
    'notedAt',
    'notedBy',
    'changes',
    'reason',
  ),
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
