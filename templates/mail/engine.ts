/** The mail templates, compiled once. A variable that is missing throws; nothing is inserted unescaped into HTML. */
import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

const folder = import.meta.dirname;

export type Template = (view: object) => string;

/** The templates of one form: `mail.html.hbs` is the template `mail` of `html`; all can include each other. */
function load(form: 'html' | 'txt'): Map<string, Template> {
  const engine = Handlebars.create();
  const ending = `.${form}.hbs`;
  const options = { strict: true, noEscape: form === 'txt' };
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  const templates = new Map<string, Template>();
  for (const name of names) {
    const key = name.slice(0, -ending.length);
    const template = engine.compile(readFileSync(`${folder}/${name}`, 'utf8'), options);
    engine.registerPartial(key, template);
    templates.set(key, (view) => template(view));
  }
  return templates;
}

const forms = { html: load('html'), txt: load('txt') };

export function fill(form: 'html' | 'txt', name: string, view: object): string {
  const template = forms[form].get(name);
  if (template === undefined) throw new Error(`There is no template ${name}.${form}.hbs`);
  const filled = template(view);
  return form === 'html' ? filled : tidy(filled);
}

/** Text without the blank lines and spaces that templates leave behind. */
const tidy = (text: string): string =>
  `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
