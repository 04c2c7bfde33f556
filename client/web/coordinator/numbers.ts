/** The cards at the top of a region: how long there is still, who is on course, what was answered, which conditions are met. */
import { conditionsOf } from '../../../domain/conditions.ts';
import { daysBetween } from '../../../domain/dates.ts';
import { namedDate } from '../../../domain/lookup.ts';
import { stepStates } from '../../../domain/progress.ts';
import type { Standing } from '../../../domain/standing.ts';
import { joined, fullDay } from '../../dutch/format.ts';
import type { Dossier } from '../dossier.ts';
import { statusView } from './conditions.ts';

export interface NumberCard {
  value: string;
  label: string;
}

export function numberCards(dossier: Dossier, { approved, asked, onCourse }: Standing): NumberCard[] {
  const { state, texts, today } = dossier;
  const closes = namedDate(state, 'closesOn');
  const left = closes === undefined ? -1 : daysBetween(today, closes);
  const steps = stepStates(state);
  const card = (key: string, values: Record<string, string | number>): NumberCard => ({
    value: texts.text(`path.number.${key}`, values),
    label: texts.text(`path.number.${key}-label`, values),
  });
  return [
    ...(closes === undefined || left < 0 || state.submission !== undefined
      ? []
      : [card('days', { count: left, day: fullDay(closes) })]),
    card('course', { ...onCourse }),
    card(asked === 0 ? 'none-asked' : 'answers', { approved, asked }),
    // Where a round asks nothing, the place of its conditions is free.
    ...(state.round?.conditions === undefined
      ? [card('steps', { done: steps.filter(isDone).length, all: steps.length })]
      : []),
  ];
}

const isDone = ({ status }: { status: string }): boolean => status === 'done';

/** Conditions by how they stand: `voldaan: inwoners, één referentieregio`. Empty when the round asks nothing. */
export function conditionsInBrief(dossier: Dossier) {
  const { state, texts } = dossier;
  const all = conditionsOf(state).map((condition) => ({
    status: statusView(dossier, condition),
    title: texts.text(`conditions.${condition.kind}.short`),
  }));
  return [...Map.groupBy(all, ({ status }) => status.label).values()].flatMap(([first, ...rest]) =>
    first === undefined
      ? []
      : [{ status: first.status, titles: joined([first.title, ...rest.map(({ title }) => title)]) }],
  );
}
