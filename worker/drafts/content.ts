/** What the draft of one municipality says: its texts with everything filled in that is known, and the rest marked. */
import { type DraftText } from '../../definitions/drafts.ts';
import type { Decision } from '../../domain/definition.ts';
import { type DraftContent, filledText, type Variables } from '../../domain/draft.ts';
import { localDay } from '../../domain/dates.ts';
import type { Instant, PartyId } from '../../domain/ids.ts';
import { bodyOf, municipalities, namedDate } from '../../domain/lookup.ts';
import { decisionDue } from '../../domain/schedule.ts';
import { firstSession } from '../../domain/sessions.ts';
import type { PathState } from '../../domain/state.ts';
import { missing } from '../../templates/documents/words.ts';
import { amount, capital, fullDate, joined, longDate, withArticle } from '../../templates/dutch.ts';
import type { Named, PathTexts } from '../../templates/mail-context.ts';

/** What a draft is made from. The same of it gives the same draft. */
export interface DraftFacts {
  /** The path as it was when the text was asked about. */
  state: PathState;
  at: Instant;
  decision: Decision;
  party: PartyId;
  textVersion: number;
  partnership: string;
  referenceRegion?: string;
  coordinator: Named | undefined;
  texts: PathTexts;
  text: DraftText;
  attachments: string[];
}

export function draftContent(facts: DraftFacts): DraftContent {
  const { text, attachments } = facts;
  const variables = variablesOf(facts);
  const filled = (lines: readonly string[]): string[] => lines.map((line) => filledText(line, variables));
  return {
    ...variables,
    aanleiding: filled(text.context),
    gronden: filled(text.grounds),
    motivering: filled(text.reasons),
    financieel: filled(text.finance),
    artikelen: filled(text.articles),
    bijlagen: attachments,
  };
}

function variablesOf(facts: DraftFacts): Variables {
  const { state, decision, party, texts, coordinator, partnership } = facts;
  const { title: body, article } = texts.body(bodyOf(state, decision, party).key);
  const { short, article: decisionArticle, ask } = texts.decision(decision.key);
  const theBody = withArticle(body, article);
  const theDecision = withArticle(short, decisionArticle);
  const topic = state.topic ?? missing('onderwerp');
  const contribution = state.parties[party]?.contribution;
  const plain: Omit<Variables, 'titel'> = {
    gemeente: texts.party(party),
    samenwerkingsverband: partnership,
    referentieregio: facts.referenceRegion ?? missing('referentieregio'),
    deelnemers: joined(municipalities(state).map(({ id }) => texts.party(id))),
    orgaan: body,
    Orgaan: capital(body),
    bestuursorgaan: theBody,
    Bestuursorgaan: capital(theBody),
    beslissing: theDecision,
    Beslissing: capital(theDecision),
    vraag: ask,
    onderwerp: topic,
    Onderwerp: capital(topic),
    bijdrage: contribution === undefined ? missing('bijdrage') : amount(contribution),
    zitting: sessionText(facts),
    termijn: fullDate(decisionDue(state, decision, party)),
    ...periodOf(state),
    afloop: dayOf(state, 'expiresOn', 'afloop'),
    toetreding: dayOf(state, 'joinsOn', 'toetreding'),
    versie: String(facts.textVersion),
    coordinator: [coordinator?.name ?? partnership, coordinator?.email].filter((part) => part !== undefined).join(', '),
  };
  return { ...plain, titel: filledText(facts.text.title, { ...plain, titel: '' }) };
}

/** The first session whose agenda was still open; a day that nobody confirmed is called an estimate. */
function sessionText({ state, decision, party, at }: DraftFacts): string {
  const { body, source } = bodyOf(state, decision, party);
  const next = firstSession(source, body, localDay(at));
  if (next === undefined || next.on > decisionDue(state, decision, party)) return missing('zitting');
  return next.source === 'assumed' ? missing('estimate', { date: longDate(next.on) }) : longDate(next.on);
}

function dayOf(state: PathState, anchor: string, what: string): string {
  const day = namedDate(state, anchor);
  return day === undefined ? missing(what) : fullDate(day);
}

function periodOf(state: PathState): Pick<Variables, 'periode' | 'begin' | 'einde'> {
  const [from, to] = [namedDate(state, 'startsOn'), namedDate(state, 'endsOn')];
  return {
    periode: from === undefined || to === undefined ? missing('periode') : `${from.slice(0, 4)}-${to.slice(0, 4)}`,
    begin: dayOf(state, 'startsOn', 'begin'),
    einde: dayOf(state, 'endsOn', 'einde'),
  };
}
