/** Who edits the words would not see a mail or a page, would not find its sentence, or would send something from a sample. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type GalleryFiles, gallery } from '../../client/gallery/gallery.ts';
import { collectPages, type GalleryPage } from '../../client/gallery/pages.ts';
import { mailKinds } from '../../domain/message.ts';
import { createPages } from '../../templates/pages/render.ts';

let files: GalleryFiles;
beforeAll(async () => {
  files = await gallery();
}, 180_000);

const text = (path: string): string => String(files.get(path));

describe('the gallery', () => {
  it('refers to files that are there, and has nothing that the index does not lead to', () => {
    const reached = new Set(['index.html']);
    for (const path of reached) {
      if (!path.endsWith('.html')) continue;
      for (const [, to = ''] of text(path).matchAll(/(?:href|src)="((?!https?:|mailto:|tel:|about:|#)[^"]*)"/g)) {
        const [target = ''] = to.split(/[?#]/);
        const resolved = new URL(target, `file:///${path}`).pathname.slice(1);
        expect([path, to, files.has(resolved)]).toEqual([path, to, true]);
        reached.add(resolved);
      }
    }
    expect([...files.keys()].filter((path) => !reached.has(path) && path !== 'assets/favicon.svg')).toEqual([]);
  });

  it('has every kind of mail, at two widths, with its text and the place of its sentences', () => {
    const { texts } = createPages();
    for (const kind of mailKinds) expect(text('index.html')).toContain(`<h3>${texts.text(`mail-kind.${kind}`)}</h3>`);
    const page = text('mails/request.html');
    expect(page.match(/<iframe[^>]*width="(?:320|700)"/g)).toHaveLength(2);
    expect(page).toContain('Kan dit op de raad van 20 mei? De agenda sluit op 12 mei.');
    expect(page).toMatch(/<code>subject\.ask<\/code> <span class="meta">templates\/locale\/nl\.yaml, regel \d+</);
    expect(page).toContain('<code>decisions.declaration-of-intent.ask</code>');
  });

  it('shows the sentences of a page too', () => {
    expect(text('index.html')).toMatch(/<code>failure\.link-expired<\/code> .*nl\.pages\.yaml, regel \d+</);
  });

  it('has the draft of each decision that a municipality is asked for, as a Word file', () => {
    const drafts = [...files.keys()].filter((path) => path.startsWith('documents/'));
    expect(drafts).toContain('documents/declaration-of-intent.docx');
    for (const draft of drafts) expect(Buffer.from(files.get(draft)!).subarray(0, 2).toString()).toBe('PK');
  });

  it('has samples from which nothing can be sent, and that lead nowhere', () => {
    for (const [path, content] of files) {
      if (!path.startsWith('pages/')) continue;
      expect([path, String(content)]).toEqual([path, expect.stringContaining('content="form-action \'none\'"')]);
      expect([path, /(?:href|action)="\//.exec(String(content))?.[0]]).toEqual([path, undefined]);
    }
  });
});

describe('every page', () => {
  let pages: GalleryPage[];
  const shown = new Set<string>();
  beforeAll(async () => {
    ({ pages } = await collectPages((page) => shown.add(page)));
  }, 180_000);

  it('is in the gallery: add who is missing to client/gallery/sample-pages.ts', () => {
    const own = ['gallery', 'gallery-mail'];
    expect(createPages().names.filter((name) => !shown.has(name) && !own.includes(name))).toEqual([]);
  });

  it('is the one that its sample is named after: no sample ends where it should not', () => {
    const failed = pages.filter(
      ({ group, title }) => group !== 'dead-end' && /niet gelukt|ging iets mis|bestaat niet/.test(title),
    );
    expect(failed.map(({ name }) => name)).toEqual([]);
    expect(new Set(pages.map(({ title }) => title)).size).toBeGreaterThan(pages.length / 2);
  });
});
