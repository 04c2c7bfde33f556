/** Hands an answer, a correction or proof to a path, and says what the page should show when it was not taken. */
import type { Decision } from '../../../domain/definition.ts';
import type { PartyId, PersonId } from '../../../domain/ids.ts';
import type { Actor, AnswerKind } from '../../../domain/state.ts';
import type { Command } from '../../../domain/commands.ts';
import { sayChangesAreInFile } from '../drafts/files.ts';
import type { Dossier } from '../dossier.ts';
import { keptReference } from '../evidence.ts';
import type { Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { refusedProblem } from '../forms/refused.ts';
import { first, type FormBody } from '../forms/values.ts';
import { tell } from '../tell.ts';
import type { Web } from '../web.ts';
import { answerFormId } from './form.ts';
import { fieldOfRefusal, readAnswer } from './read.ts';

/** `unavailable`: nothing answers now, and the same form can be sent again. */
export type Submitted =
  { ok: true } | { ok: false; problem: Problem } | { ok: false; unavailable: true; commandId: string };

export interface Submission {
  dossier: Dossier;
  decision: Decision;
  party: PartyId;
  actor: Actor;
  body: FormBody;
  /** The person whose name was typed, when it is not the one who acts. */
  person: (name: string | undefined, role: string | undefined) => Promise<PersonId | undefined>;
  /** Who answers must say so. */
  needsName: boolean;
}

/** What can be proven by a published decision. */
const decided: ReadonlySet<AnswerKind> = new Set(['approved', 'approved-with-changes', 'rejected']);

export async function submitAnswer(web: Web, submission: Submission): Promise<Submitted> {
  const { dossier, decision, party, actor, body } = submission;
  const reader = new FormReader(body, dossier.texts);
  const isCorrection = first(body, '_id') === answerFormId(decision.key, true);
  const commandId = reader.commandId();
  const form = answerFormId(decision.key, isCorrection);
  const problem: Problem = { form, body, commandId, errors: reader.errors };
  sayChangesAreInFile(dossier, { decision: decision.key, party }, reader.body);
  const data = readAnswer(reader, decision.key, party, dossier.today);
  const name = reader.text('name', { required: submission.needsName, max: 120 });
  const role = reader.text('function', { required: submission.needsName, max: 120 });
  const because = isCorrection ? reader.text('because', { required: true }) : undefined;
  if (data === undefined || !reader.isComplete) return { ok: false, problem };
  const answeredBy = await submission.person(name, role);
  const kept = data.reference ?? keptReference(dossier, { party, decision: decision.key }, body);
  const isProof = kept !== undefined && decided.has(data.answer);
  const said = { ...data, ...(isProof && { reference: kept }), ...(answeredBy !== undefined && { answeredBy }) };
  const command: Command =
    because === undefined ? { type: 'answer', data: said } : { type: 'correct', data: { ...said, because } };
  const told = await tell(web, dossier.state.id, commandId, actor, command);
  if (told.ok) return told;
  if (told.code === 'unavailable') return { ok: false, unavailable: true, commandId };
  return { ok: false, problem: refusedProblem(problem, told, fieldOfRefusal(reader, told)) };
}
