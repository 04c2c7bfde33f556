/** What happened, line by line: the record as a reader sees it. */
import type { PathEvent } from '../../domain/events.ts';
import { type Instant, nisOf, type PartyId, type PersonId } from '../../domain/ids.ts';
import { kindOfKey } from '../../domain/message.ts';
import type { Actor } from '../../domain/state.ts';
import type { PageTexts, Values } from '../../templates/pages/locale.ts';
import { actorText, detailsText, type Dossier, personText } from './dossier.ts';
import { referenceText } from './evidence.ts';
import { euro, fullDay, moment } from '../dutch/format.ts';
import { mailOrderTold } from './history-orders.ts';

export interface HistoryLine {
  at: Instant;
  when: string;
  who: string;
  what: string;
  /** Reasons, changes and proof. */
  more: string[];
}

type Told = { key: string; values?: Values; more?: (string | undefined)[] };

/** What an event says, as a key below `event.` with its values; undefined for what only machines need to know. */
function told(dossier: Dossier, event: PathEvent): Told | undefined {
  const { words, texts } = dossier;
  const party = (id: PartyId): string => words.party(id);
  const short = (decision: string): string => words.decision(decision).short;
  switch (event.type) {
    case 'path-started': {
      // Bodies that exist once are parties too.
      const municipal = event.data.parties.filter(({ party: id }) => nisOf(id) !== undefined);
      return { key: 'path-started', values: { count: municipal.length } };
    }
    case 'answered':
    case 'answer-corrected': {
      const { data } = event;
      const { answer, to } = data;
      const said = { decision: short(data.decision), party: party(data.party), on: fullDay(data.on) };
      const values = to === undefined ? said : { ...said, to: fullDay(to) };
      const because = 'because' in data ? data.because : undefined;
      const kind = answer === 'adjourned' && to === undefined ? 'adjourned-open' : answer;
      const key = event.type === 'answered' ? kind : `corrected.${kind}`;
      return { key, values, more: [data.changes, data.reason, because, referenceText(dossier, data.reference)] };
    }
    case 'evidence-added':
      return {
        ...{ key: event.type, values: { decision: short(event.data.decision) } },
        more: [referenceText(dossier, event.data.reference)],
      };
    case 'complaint-recorded': {
      const { decision, on } = event.data;
      return {
        key: event.type,
        values: { decision: short(decision), party: party(event.data.party), on: fullDay(on) },
      };
    }
    case 'requested':
      return {
        key: event.type,
        values: {
          decision: short(event.data.decision),
          version: event.data.textVersion,
          count: event.data.parties.length,
          parties: event.data.parties.map(party).join(', '),
        },
      };
    case 'changes-accepted':
      return { key: event.type, values: { decision: short(event.data.decision), party: party(event.data.party) } };
    case 'waived':
      return {
        key: event.type,
        values: { decision: short(event.data.decision), party: party(event.data.party) },
        more: [event.data.reason],
      };
    case 'task-completed':
      return { key: event.type, values: { task: words.task(event.data.task).title } };
    case 'task-reopened':
      return { key: event.type, values: { task: words.task(event.data.task).title }, more: [event.data.reason] };
    case 'route-chosen':
      return { key: event.type, values: { route: words.route(event.data.route).title } };
    case 'party-added':
    case 'party-changed':
      return { key: event.type, values: { party: party(event.data.party) } };
    case 'party-removed':
      return { key: event.type, values: { party: party(event.data.party) }, more: [event.data.reason] };
    case 'parties-merged': {
      const { parties, into, reason, carried } = event.data;
      const values = { parties: parties.map(party).join(', '), into: party(into.party) };
      const taken = [...new Set(carried.map(({ decision }) => words.decision(decision).title))];
      const what = taken.length === 0 ? undefined : texts.text('event.carried', { decisions: taken.join(', ') });
      return { key: event.type, values, more: [reason, what] };
    }
    case 'round-applied':
    case 'definition-applied': {
      const { version } = event.type === 'round-applied' ? event.data.round : event.data.definition;
      return { key: event.type, values: { version }, more: [event.data.reason] };
    }
    case 'contact-replaced':
      return {
        key: event.actor.kind === 'contact' ? 'passed-on' : event.type,
        values: { party: party(event.data.party), person: personText(dossier, event.data.person) },
      };
    case 'deputy-replaced':
      return event.data.person === undefined
        ? { key: 'deputy-removed', values: { party: party(event.data.party) } }
        : {
            key: event.type,
            values: { party: party(event.data.party), person: personText(dossier, event.data.person) },
          };
    case 'details-changed': {
      const { party: of, from, to } = event.data;
      const more = [
        texts.text('event.details-before', { details: detailsText(dossier, from) }),
        texts.text('event.details-after', { details: detailsText(dossier, to) }),
      ];
      return { key: event.type, values: { party: party(of) }, more };
    }
    case 'coordinator-replaced':
      return { key: event.type, values: { person: personText(dossier, event.data.person) } };
    case 'mail-returned': {
      const kind = texts.text(`mail-kind.${kindOfKey(event.data.key) ?? 'request'}`);
      return { key: event.type, values: { person: personText(dossier, event.data.to), kind } };
    }
    case 'address-confirmed':
      return { key: event.type, values: { person: personText(dossier, event.data.person) } };
    case 'body-changed': {
      const { decision, body, reason } = event.data;
      const values = { decision: short(decision), party: party(event.data.party), body: words.body(body).title };
      return { key: event.type, values, more: [reason] };
    }
    case 'deadline-moved':
      return {
        key: event.type,
        values: { item: itemTitle(dossier, event.data.item), to: fullDay(event.data.to) },
        more: [event.data.party && party(event.data.party), event.data.reason],
      };
    case 'paused':
    case 'stopped':
    case 'reopened':
      return { key: event.type, more: [event.data.reason] };
    case 'resumed':
    case 'closed':
      return { key: event.type };
    case 'submission-recorded':
      return { key: event.type, values: { number: event.data.number, on: fullDay(event.data.on) } };
    case 'decision-recorded':
      return {
        key: event.data.outcome,
        values: { on: fullDay(event.data.on) },
        more: [event.data.amount === undefined ? undefined : euro(event.data.amount), event.data.reason],
      };
    case 'mail-held':
    case 'mail-released':
    case 'mail-skipped':
    case 'mail-hurried':
    case 'line-added':
    case 'line-removed':
      return mailOrderTold(dossier, event);
    case 'mail-attempted':
      return undefined;
  }
}

/** The name of a task, a decision or a date. */
export function itemTitle({ state, words }: Dossier, item: string): string {
  const steps = state.definition.steps;
  if (steps.some((step) => step.tasks.some((task) => task.key === item))) return words.task(item).title;
  if (steps.some((step) => step.decisions.some((decision) => decision.key === item))) return words.decision(item).title;
  return words.date(item);
}

/** Who said it, when that is not who acts. */
const spokenBy = ({ data }: PathEvent): PersonId | undefined =>
  'answeredBy' in data ? data.answeredBy : 'passedOnBy' in data ? data.passedOnBy : undefined;

/** How it came, where that was not the usual way: `, via de API`. */
export const viaText = (texts: PageTexts, via: Actor['via']): string =>
  via === 'api' || via === 'cli' ? texts.text(`who.via.${via}`) : '';

export function historyLine(dossier: Dossier, event: PathEvent): HistoryLine | undefined {
  const line = told(dossier, event);
  if (line === undefined) return undefined;
  const answeredBy = spokenBy(event);
  return {
    at: event.at,
    when: moment(event.at),
    who: `${actorText(dossier, event.actor, answeredBy)}${viaText(dossier.texts, event.actor.via)}`,
    what: dossier.texts.text(`event.${line.key}`, line.values),
    more: (line.more ?? []).filter((text) => text !== undefined).filter((text) => text !== ''),
  };
}

/** Whether an event is about one party, for its own page. */
export function concernsParty(event: PathEvent, party: PartyId): boolean {
  if (event.type === 'requested') return event.data.parties.includes(party);
  if (event.type === 'parties-merged') return [...event.data.parties, event.data.into.party].includes(party);
  return 'party' in event.data && event.data.party === party;
}

/** Newest first. */
export const historyOf = (dossier: Dossier, events: readonly PathEvent[]): HistoryLine[] =>
  events
    .map((event) => historyLine(dossier, event))
    .filter((line) => line !== undefined)
    .reverse();
