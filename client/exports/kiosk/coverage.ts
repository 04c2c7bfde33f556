/** Who decided what, when, on which version of the text, and what proves it: the sheet that covers a file that is handed in. */
import { createHash } from 'node:crypto';
import type { Decision } from '../../../domain/definition.ts';
import type { LocalDate, PartyId } from '../../../domain/ids.ts';
import { bodyOf, concerned, decisionsOf, findAsk, hasDraft } from '../../../domain/lookup.ts';
import type { Answer, Ask, PathState } from '../../../domain/state.ts';
import type { StoredDocument } from '../../../store/documents.ts';
import { capital } from '../../dutch/format.ts';
import type { Dossier } from '../../web/dossier.ts';
import { fileOf } from '../../web/evidence.ts';

export interface CoverageRow {
  decision: Decision;
  party: PartyId;
  /** `Wemmel`, `Raad van bestuur` */
  name: string;
  title: string;
  body: string;
  status: Ask['status'] | 'none';
  statusText: string;
  /** Of the session that decided, or that is still to come. */
  sessionOn: LocalDate | undefined;
  /** Undefined where nobody was sent a text. */
  textVersion: number | undefined;
  /** A published decision, a number, or the name of a file. */
  proof: string | undefined;
  file: StoredDocument | undefined;
  /** In which function somebody noted it, never the name. */
  by: string;
}

/** In the order of the path. */
export const coverageOf = (dossier: Dossier): CoverageRow[] =>
  decisionsOf(dossier.state).flatMap((decision) =>
    concerned(dossier.state, decision).map((party) => rowOf(dossier, decision, party)),
  );

function rowOf(dossier: Dossier, decision: Decision, party: PartyId): CoverageRow {
  const { state, words, texts } = dossier;
  const ask = findAsk(state, decision.key, party);
  const status = ask?.status ?? 'none';
  const reference = ask?.answer?.reference;
  const file = fileOf(dossier, reference);
  return {
    ...{ decision, party, status, file },
    name: capital(words.party(party)),
    title: words.decision(decision.key).title,
    body: words.body(bodyOf(state, decision, party).key).title,
    statusText: texts.text(`coverage.status.${status}`),
    sessionOn: ask?.answer?.sessionOn,
    textVersion: ask !== undefined && hasDraft(state, ask) ? ask.textVersion : undefined,
    proof: file?.name ?? reference,
    by: ask?.answer === undefined ? '' : functionText(dossier, ask.answer, party),
  };
}

/** `secretariaat`, `coördinator, namens Wemmel` */
function functionText({ people, texts, words }: Dossier, { by, answeredBy }: Answer, party: PartyId): string {
  const person = answeredBy ?? by.personId;
  const said = person === undefined ? undefined : people.get(person);
  if (by.kind === 'contact') return said?.function ?? texts.text('coverage.by.contact');
  const role = texts.text(`who.${by.kind}`);
  const of = by.via === 'file' ? texts.text('who.file') : role;
  return by.onBehalfOf === undefined ? of : `${of}${texts.text('who.on-behalf', { party: words.party(party) })}`;
}

/** What tells one state of a path from another: whoever has the record can count it again. */
export const stateHash = (state: PathState): string => createHash('sha256').update(JSON.stringify(state)).digest('hex');
