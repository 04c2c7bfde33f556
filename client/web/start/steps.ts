/** The three pages of preparing a path, with which one is shown and which are done. */
import type { CheckedDraft } from '../../start/check.ts';
import type { StartDraft } from '../../start/draft.ts';
import type { Web } from '../web.ts';
import { draftAddress, type OpenDraft } from './access.ts';

export type StartStep = 'what' | 'who' | 'look';

const pages: Record<StartStep, string> = { what: '', who: '/gemeenten', look: '/vooruitblik' };

/** Nothing on the first page is wrong. */
export const isWhatRight = ({ findings }: CheckedDraft): boolean =>
  !findings.some(({ row, field }) => row === undefined && field !== '' && field !== 'municipalities');

/** There are rows, and nothing is wrong in any of them. */
export const areRowsRight = ({ findings }: CheckedDraft): boolean =>
  !findings.some(({ row, field }) => row !== undefined || field === '' || field === 'municipalities');

/** Several paths can be prepared at once: a title says of which one the page is. */
export const titleOf = (heading: string, { what }: StartDraft): string =>
  [heading, what['partnership'] ?? ''].filter(Boolean).join(' - ');

export function stepsOf(web: Web, { id, checked }: OpenDraft, current: StartStep) {
  const { texts } = web.pages;
  const done: Record<StartStep, boolean> = { what: isWhatRight(checked), who: areRowsRight(checked), look: false };
  const isOpen: Record<StartStep, boolean> = { what: true, who: true, look: done.what && done.who };
  return (Object.keys(pages) as StartStep[]).map((step, index) => ({
    label: texts.text('start.step', { number: index + 1, name: texts.text(`start.steps.${step}`) }),
    href: isOpen[step] && step !== current ? draftAddress(id, pages[step]) : undefined,
    isCurrent: step === current,
    isDone: done[step],
  }));
}
