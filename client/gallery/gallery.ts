/** The gallery as files that refer to each other: every mail, page and document, made of samples. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailKinds } from '../../domain/message.ts';
import { assetsFolder, createPages, type Pages } from '../../templates/pages/render.ts';
import { type GalleryMail, galleryMails } from './mails.ts';
import type { GalleryDocument } from './documents.ts';
import { collectPages, type GalleryPage } from './pages.ts';
import { sentenceFiles } from './sentences.ts';

/** By path within the gallery, like `mails/request.html`. */
export type GalleryFiles = Map<string, string | Buffer>;

const widths = [320, 700];
const ENTRY = 'index.html';

export async function gallery(): Promise<GalleryFiles> {
  const pages = createPages();
  const mails = galleryMails();
  const { pages: shown, documents } = await collectPages();
  return new Map<string, string | Buffer>([
    [ENTRY, indexPage(pages, mails, shown, documents)],
    ...mails.flatMap((mail): [string, string][] => [
      [`mails/${mail.name}.html`, mailPage(pages, mail)],
      [`mails/${mail.name}.mail.html`, mail.html],
    ]),
    ...shown.map(({ name, html }): [string, string] => [`pages/${name}.html`, html]),
    ...documents.map(({ name, content }): [string, Buffer] => [`documents/${name}`, content]),
    ...readdirSync(assetsFolder).map((name): [string, string] => [
      `assets/${name}`,
      readFileSync(join(assetsFolder, name), 'utf8'),
    ]),
  ]);
}

function indexPage(
  pages: Pages,
  mails: GalleryMail[],
  shown: GalleryPage[],
  documents: readonly GalleryDocument[],
): string {
  const { texts } = pages;
  const byKind = mailKinds.map((kind) => ({
    title: texts.text(`mail-kind.${kind}`),
    entries: mails
      .filter((mail) => mail.kind === kind)
      .map(({ name, role, subject, sentences }) => ({
        ...{ name, title: subject, sentences, href: `mails/${name}.html` },
        role: texts.text(`gallery.role.${role}`),
      })),
  }));
  const groups = [...new Set(shown.map(({ group }) => group))].map((group) => ({
    title: texts.text(`gallery.group.${group}`),
    entries: shown
      .filter((page) => page.group === group)
      .map(({ name, title, sentences }) => ({ name, title, sentences, href: `pages/${name}.html` })),
  }));
  const files = documents.map(({ name, title }) => ({ title, href: `documents/${name}` }));
  const view = { files: sentenceFiles, mails: byKind, pages: groups, documents: files.length > 0 && files };
  return pages.render('gallery', { base: '.', title: texts.text('gallery.title') }, view);
}

function mailPage(pages: Pages, { name, kind, role, subject, text, sentences }: GalleryMail): string {
  const { texts } = pages;
  const view = {
    ...{ title: subject, text, sentences, widths, html: `${name}.mail.html` },
    kind: texts.text(`mail-kind.${kind}`),
    role: texts.text(`gallery.role.${role}`),
  };
  return pages.render('gallery-mail', { base: '..', title: subject }, view);
}
