/** The page for the wall as one file that needs nothing else: to print, or to mail. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { numbered } from '../../domain/decide.ts';
import type { PathStart } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import type { Instant } from '../../domain/ids.ts';
import { assetsFolder, createPages } from '../../templates/pages/render.ts';
import { createWords } from '../dutch/words.ts';
import { wallView } from './view.ts';

/** @param from the first day of the path, from which it is planned */
export function wallDocument(start: PathStart, partnership: string, from: Instant): string {
  const actor = { kind: 'coordinator', via: 'file', personId: start.coordinator } as const;
  const [event] = numbered(undefined, [{ type: 'path-started', data: start }], actor, from);
  if (event === undefined) throw new Error('a path has no first event');
  const pages = createPages();
  const { texts } = pages;
  const words = createWords()(start.definition.key, start.topic);
  const view = wallView({ state: evolve(undefined, event), partnership, words, texts, now: from });
  const css = readFileSync(join(assetsFolder, 'wall.css'), 'utf8');
  const title = texts.text('wall.title', { partnership });
  return pages.render('wall', { base: '', title }, { ...view, back: undefined, css: { toHTML: () => css } });
}
