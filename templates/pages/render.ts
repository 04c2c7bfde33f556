/** Makes pages from the templates in this folder. A field that a template needs and does not get throws. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { compileTemplate, templateFiles } from '../compile.ts';
import { loadPageTexts, type PageTexts, type Values } from './locale.ts';

export interface PageFrame {
  /** Path prefix under which the pages are reached, without a slash at the end; often empty. */
  base: string;
  title: string;
  /** Beside the name of the site: who this page is about. */
  about?: string;
  /** Set for who has signed in. */
  account?: {
    name: string;
    formToken: string;
    role: string;
    pages: { label: string; href: string; isCurrent: boolean }[];
  };
  hasMailbox?: boolean;
  /** For a page that looks like those of a desk, though nobody has signed in. */
  isDesk?: boolean;
  /** For who may look at a path and change nothing of it. */
  isOnlyReading?: boolean;
  /** Whom to ask: at the same place on every page. */
  help?: { name: string; email?: string; phone?: string };
}

export interface Pages {
  texts: PageTexts;
  /** The HTML of a page. */
  render(page: string, frame: PageFrame, view: object): string;
  names: string[];
}

export const assetsFolder = join(import.meta.dirname, 'assets');

const helpers = ['t', 'eq', 'dial'];

function register(handlebars: typeof Handlebars, texts: PageTexts): void {
  handlebars.registerHelper('t', (key: string, options: Handlebars.HelperOptions) =>
    texts.html(key, options.hash as Values),
  );
  // A telephone number as people write it, as a link takes it (RFC 3966).
  handlebars.registerHelper('dial', (phone: string) => phone.replace(/[^\d+]/g, ''));
  handlebars.registerHelper('eq', (left: unknown, right: unknown) => left === right);
}

/** A short name for the present version of the assets, so that browsers keep each for ever. */
function assetsVersion(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(assetsFolder).sort()) hash.update(readFileSync(join(assetsFolder, name)));
  return hash.digest('hex').slice(0, 10);
}

/**
 * Reads and compiles all pages. Throws a BrokenFileError.
 * @param onUse hears the key of each text that is written
 */
export function createPages(language = 'nl', onUse?: (key: string) => void): Pages {
  const texts = loadPageTexts(language, onUse);
  const handlebars = Handlebars.create();
  register(handlebars, texts);
  const partials = templateFiles(join(import.meta.dirname, 'partials'), '.hbs');
  const rules = { helpers, partials: new Set(partials.keys()) };
  for (const [name, file] of partials) handlebars.registerPartial(name, compileTemplate(handlebars, file, rules));
  const templates = templateFiles(import.meta.dirname, '.hbs');
  const pages = new Map([...templates].map(([name, file]) => [name, compileTemplate(handlebars, file, rules)]));
  const version = assetsVersion();
  return {
    texts,
    names: [...pages.keys()],
    render(page, frame, view) {
      const template = pages.get(page);
      if (template === undefined) throw new Error(`there is no page ${page}`);
      const { base } = frame;
      return template(view, { data: { base, frame, version } });
    },
  };
}
