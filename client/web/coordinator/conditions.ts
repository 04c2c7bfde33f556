/** What the round asks of a region, in words: each condition met, not met or not known yet, and what is missing. */
import { type ConditionState, type ConditionStatus, conditionsOf, type Missing } from '../../../domain/conditions.ts';
import type { PartyId } from '../../../domain/ids.ts';
import { expectedDays } from '../../../domain/law/expected.ts';
import { currentAsks, municipalities, namedDate } from '../../../domain/lookup.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import { type Crossed, whatIf } from '../../../domain/what-if.ts';
import { itemText } from '../../dutch/item-text.ts';
import type { Dossier } from '../dossier.ts';
import { euro, fullDay, joined, wholeNumber } from '../../dutch/format.ts';
import { homeOfPath } from './access.ts';

export const conditionsAddress = (path: string): string => `${homeOfPath(path)}/voorwaarden`;
/** Where a coordinator sees what changes without a municipality, before it happens. */
export const withoutAddress = (path: string, party: PartyId): string =>
  `${conditionsAddress(path)}?zonder=${encodeURIComponent(party)}#gevolg`;

export interface StatusView {
  symbol: string;
  tone: string;
  label: string;
}

/** What is met in the usual course of the path, though not today, is nothing to worry about. */
type ShownStatus = ConditionStatus | 'planned';

const signs: Record<ShownStatus, [symbol: string, tone: string]> = {
  met: ['✓', 'good'],
  'not-met': ['✗', 'late'],
  planned: ['…', 'info'],
  unknown: ['?', 'none'],
};

/** Whether all that the applicant still needs is expected before the closing date. */
function isPlanned({ state, now }: Pick<Dossier, 'state' | 'now'>, condition: ConditionState): boolean {
  const closesOn = namedDate(state, 'closesOn');
  if (condition.kind !== 'applicant' || condition.open.length === 0 || closesOn === undefined) return false;
  const expected = expectedDays(state, now);
  return condition.open.every((key) => {
    const on = expected(key);
    return on !== undefined && on <= closesOn;
  });
}

/** What was seen in a draft only may still change: it is said without alarm. */
export function statusView(dossier: Pick<Dossier, 'state' | 'now' | 'texts'>, condition: ConditionState): StatusView {
  const { status, isDraft } = condition;
  const shown: ShownStatus = status === 'not-met' && isPlanned(dossier, condition) ? 'planned' : status;
  const [symbol, tone] = signs[shown];
  const label = dossier.texts.text(`conditions.status.${shown}`);
  return { symbol, tone: isDraft && tone === 'late' ? 'soon' : tone, label };
}

export interface ConditionView {
  title: string;
  isDraft: boolean;
  status: StatusView;
  sentences: string[];
  /** The one that matters where there is little room. */
  brief: string | undefined;
  /** How full the bar is, from 0 to 100. */
  bar: { width: number; tone: string } | undefined;
  missing: { text: string; parties: { name: string; href: string }[] }[];
}

const MOST_NAMES = 3;

function missingView(dossier: Dossier, missing: Missing): ConditionView['missing'][number] {
  const { texts, words, state } = dossier;
  if (!('parties' in missing)) {
    const text = missing.what === 'route' ? texts.text('conditions.missing.route') : words.date(missing.anchor);
    return { text, parties: [] };
  }
  const parties = missing.parties.map((party) => ({
    name: words.party(party),
    href: `${homeOfPath(state.id)}/gemeenten/${party}`,
  }));
  const more = parties.length - MOST_NAMES;
  const shown = parties.slice(0, more > 1 ? MOST_NAMES : parties.length).map(({ name }) => name);
  const rest = more > 1 ? [texts.text('conditions.missing.more', { count: more })] : [];
  const isAll = more > 1 && parties.length === municipalities(state).length;
  const names = isAll ? texts.text('conditions.missing.all', { count: parties.length }) : joined([...shown, ...rest]);
  const text = texts.text(`conditions.missing.${missing.what}`, { parties: names });
  return { text, parties };
}

function transitionSentence({ texts }: Dossier, state: Extract<ConditionState, { kind: 'inhabitants' }>): string[] {
  if (state.transition === undefined || state.have >= state.need) return [];
  const { isOver, have, need, until } = state.transition;
  return [texts.text(`conditions.inhabitants.${isOver ? 'over' : 'or'}`, { have, need, until: fullDay(until) })];
}

function sentencesOf(dossier: Dossier, state: ConditionState): string[] {
  const { texts } = dossier;
  const say = (key: string, values: Record<string, string | number> = {}): string =>
    texts.text(`conditions.${state.kind}.${key}`, values);
  switch (state.kind) {
    case 'inhabitants': {
      const amounts = { have: wholeNumber(state.have), need: wholeNumber(state.need) };
      return [say(state.have === 0 ? 'none' : 'known', amounts), ...transitionSentence(dossier, state)];
    }
    case 'one-region': {
      const { regions } = state;
      return regions.length === 0 ? [] : [say('in', { count: regions.length, regions: joined(regions) })];
    }
    case 'contributions': {
      const mayRise = state.missing.some(({ what }) => what === 'inhabitants');
      return [say('text', { have: euro(state.have), need: euro(state.need) }), ...(mayRise ? [say('may-rise')] : [])];
    }
    case 'applicant': {
      if (state.open.length > 0)
        return [say('open', { items: joined(state.open.map((key) => itemText(dossier, key))) })];
      if (state.status === 'unknown') return [];
      if (state.expiresOn === undefined) return [say('exists')];
      return [say('until', { day: fullDay(state.expiresOn) }), say('enough')];
    }
    case 'entry': {
      const { years, enteredOn, again, status } = state;
      if (enteredOn !== undefined && again !== undefined)
        return [say('once', { years }), say('again', { on: fullDay(enteredOn), again: fullDay(again) })];
      return [say('once', { years }), ...(status === 'met' ? [say('new')] : [])];
    }
  }
}

function barOf(state: ConditionState, tone: string): ConditionView['bar'] {
  if (state.kind !== 'inhabitants' && state.kind !== 'contributions') return undefined;
  // Nearly enough must not look like enough.
  const width = state.have >= state.need ? 100 : Math.min(99, Math.floor((state.have * 100) / state.need));
  return { width, tone };
}

export const conditionViews = (dossier: Dossier, states: readonly ConditionState[]): ConditionView[] =>
  states.map((state) => {
    const sentences = sentencesOf(dossier, state);
    const status = statusView(dossier, state);
    return {
      title: dossier.texts.text(`conditions.${state.kind}.title`),
      isDraft: state.isDraft,
      ...{ status, sentences },
      brief: state.status === 'met' ? undefined : sentences[0],
      bar: barOf(state, status.tone),
      missing: state.missing.map((each) => missingView(dossier, each)),
    };
  });

/** `Inwoners: van voldaan naar niet voldaan` */
export function crossedTexts(
  dossier: Dossier,
  crossed: readonly Crossed[],
  states: readonly ConditionState[],
): string[] {
  const { texts } = dossier;
  return crossed.map(({ key, from, to }) => {
    const kind = states.find((each) => each.key === key)?.kind ?? key;
    return texts.text('conditions.what-if.crossed', {
      title: texts.text(`conditions.${kind}.title`),
      from: texts.text(`conditions.status.${from}`),
      to: texts.text(`conditions.status.${to}`),
    });
  });
}

/** What each municipality that rejected would take with it, as long as the coordinator has not chosen how to go on. */
function rejections(dossier: Dossier): { text: string; href: string; isLost: boolean }[] {
  const { state, texts, words, now } = dossier;
  const parties = new Set(currentAsks(state).flatMap(({ ask }) => (ask.status === 'rejected' ? [ask.party] : [])));
  return [...parties].flatMap((party) => {
    const preview = whatIf(state, { without: [party] }, now);
    if (isRefusal(preview)) return [];
    const changes = crossedTexts(dossier, preview.crossed, preview.before).join('; ');
    const key = preview.crossed.length === 0 ? 'without-same' : 'without-changes';
    const text = texts.text(`conditions.${key}`, { party: words.party(party), changes });
    const isLost = preview.crossed.some(({ to }) => to === 'not-met');
    return [{ text, href: withoutAddress(state.id, party), isLost }];
  });
}

/** The card on the page of a region; nothing when its round asks nothing. */
export function conditionsCard(dossier: Dossier) {
  const { state } = dossier;
  const states = conditionsOf(state);
  if (states.length === 0) return undefined;
  return {
    conditions: conditionViews(dossier, states),
    isProvisional: state.round?.status === 'provisional',
    rejections: state.ending === undefined ? rejections(dossier) : [],
    href: conditionsAddress(state.id),
  };
}
