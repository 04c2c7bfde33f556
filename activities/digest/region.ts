/** What the digest of somebody says of one region: facts of its path, for the words of templates/render-digest.ts. */
import { addDays, localDay } from '../../domain/dates.ts';
import type { PathEvent } from '../../domain/events.ts';
import { askKey, type AskKey, type Instant, type LocalDate } from '../../domain/ids.ts';
import { bodyOf, currentAsks, tasksOf } from '../../domain/lookup.ts';
import { isWaiting } from '../../domain/progress.ts';
import { speakerOf } from '../../domain/reach.ts';
import { decisionDue, taskDue } from '../../domain/schedule.ts';
import { type Concern, standingOf } from '../../domain/standing.ts';
import type { AnswerKind, PathState } from '../../domain/state.ts';
import type { Person } from '../../store/people.ts';
import type { DigestComing, DigestNews, DigestRegion } from '../../templates/render-digest.ts';

/** Today and the thirteen days after it. */
const COMING_DAYS = 13;

export interface RegionAt {
  state: PathState;
  /** What happened since the last digest, in order. */
  events: readonly PathEvent[];
  people: ReadonlyMap<string, Person>;
  now: Instant;
}

export const regionFacts = (region: RegionAt): Pick<DigestRegion, 'concerns' | 'news' | 'coming'> => ({
  concerns: standingOf(region.state, region.now).concerns.map((concern) => withPerson(region, concern)),
  news: newsOf(region.events),
  coming: comingOf(region.state, localDay(region.now)),
});

/** True when there is something to say of it: a path that has ended is told of once. */
export const isTold = ({ state, events }: Pick<RegionAt, 'state' | 'events'>): boolean =>
  state.ending === undefined || events.some(({ type }) => type !== 'mail-attempted');

function withPerson({ state, people }: RegionAt, concern: Concern): DigestRegion['concerns'][number] {
  const party = concern.party === undefined ? undefined : state.parties[concern.party];
  const speaker = party === undefined ? undefined : speakerOf(state, party);
  const person = speaker === undefined ? undefined : people.get(speaker.person)?.name;
  return { ...concern, ...(person !== undefined && { person }) };
}

/** Of an ask that was answered twice the last answer counts. */
function newsOf(events: readonly PathEvent[]): DigestNews {
  const answers = new Map<AskKey, { answer: AnswerKind } & DigestNews['rejected'][number]>();
  const news: DigestNews = { rejected: [], answers: {}, requested: [], turns: [] };
  for (const event of events) {
    const turn = turnOf(event);
    if (turn !== undefined) news.turns.push(turn);
    if (event.type === 'requested') news.requested.push(event.data.decision);
    if (event.type === 'answered' || event.type === 'answer-corrected') {
      const { decision, party, answer } = event.data;
      answers.set(askKey(decision, party), { decision, party, answer });
    }
  }
  for (const { answer, party, decision } of answers.values()) {
    if (answer === 'rejected') news.rejected.push({ party, decision });
    else news.answers[answer] = (news.answers[answer] ?? 0) + 1;
  }
  return news;
}

function turnOf(event: PathEvent): DigestNews['turns'][number] | undefined {
  switch (event.type) {
    case 'path-started':
      return 'started';
    case 'submission-recorded':
      return 'submitted';
    case 'decision-recorded':
      return event.data.outcome;
    case 'paused':
    case 'resumed':
    case 'stopped':
    case 'reopened':
      return event.type;
    default:
      return undefined;
  }
}

function comingOf(state: PathState, today: LocalDate): DigestComing[] {
  if (state.ending !== undefined || state.paused !== undefined) return [];
  const until = addDays(today, COMING_DAYS);
  const isNear = (day: LocalDate | undefined): day is LocalDate => day !== undefined && day >= today && day <= until;
  const single = currentAsks(state)
    .filter(({ ask }) => isWaiting(ask))
    .flatMap(({ ask, decision }) => {
      const session = ask.status === 'requested' ? undefined : ask.answer?.sessionOn;
      const on = session ?? decisionDue(state, decision, ask.party);
      const { key: body } = bodyOf(state, decision, ask.party);
      const what = session === undefined ? ('due' as const) : ('session' as const);
      return isNear(on) ? [{ on, what, decision: decision.key, body, party: ask.party }] : [];
    });
  const together = Map.groupBy(single, ({ on, what, decision, body }) => [on, what, decision, body].join('|'));
  const grouped = [...together.values()].flatMap(([first, ...others]): DigestComing[] => {
    if (first === undefined) return [];
    const { party, ...shared } = first;
    return [{ ...shared, parties: [party, ...others.map((other) => other.party)] }];
  });
  const closing = tasksOf(state)
    .filter(({ kind }) => kind === 'submission' && state.submission === undefined)
    .map((task) => taskDue(state, task))
    .filter(isNear)
    .map((on): DigestComing => ({ on, what: 'closing' }));
  return [...grouped, ...closing];
}
