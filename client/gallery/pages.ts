/** Every page of the gallery, as the web application answers it, with the sentences that it is made of. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GalleryDocument } from './documents.ts';
import { type PageSample, pageSamples, SAMPLE_MAIL } from './sample-pages.ts';
import { type Place, placesIn, sentenceFiles } from './sentences.ts';
import { createSampleWorld } from './world.ts';

export interface GalleryPage extends Pick<PageSample, 'name' | 'group'> {
  title: string;
  html: string;
  sentences: Place[];
}

const MAIL = 'From: regiopad@example.org\r\nTo: an@example.org\r\nSubject: Voorbeeld\r\n\r\nDag An,\r\n';

/** @param onPage hears the name of each template that makes a page */
export async function collectPages(
  onPage?: (page: string) => void,
): Promise<{ pages: GalleryPage[]; documents: GalleryDocument[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'regiopad-gallery-'));
  await writeFile(join(folder, `${SAMPLE_MAIL}.eml`), MAIL);
  const world = await createSampleWorld(folder, onPage);
  const placesOf = placesIn(sentenceFiles.pages);
  try {
    const pages: GalleryPage[] = [];
    for (const { name, group, visit } of pageSamples) {
      world.usedKeys();
      const html = (await visit(world)).html();
      pages.push({ name, group, title: titleOf(html), html: apart(html), sentences: placesOf(world.usedKeys()) });
    }
    return { pages, documents: await world.documents() };
  } finally {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** As it stands in the page, with its name for `&` and the like turned back. */
const titleOf = (html: string): string =>
  (/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '')
    .replace(/ - Regiopad$/, '')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** A page that stands by itself in a folder: with its stylesheet, and with links and buttons that lead nowhere. */
const apart = (html: string): string =>
  html
    .replaceAll('="/assets/', '="../assets/')
    .replace(/(href|action)="(?:\/|webcal:)[^"]*"/g, '$1="#"')
    .replace(/src="\/[^"]*"/g, 'src="about:blank"')
    .replace('<head>', `<head>\n<meta http-equiv="Content-Security-Policy" content="form-action 'none'">`);
