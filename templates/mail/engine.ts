/** The mail templates. A variable that is missing throws, in a condition and a list too; nothing is inserted unescaped into HTML. */
import Handlebars from 'handlebars';
import { compileTemplate, type Template, templateFiles } from '../compile.ts';
import { once } from '../once.ts';

export type Form = 'html' | 'txt';

/** The templates of one form: `mail.html.hbs` is the template `mail` of `html`; all can include each other. */
function load(form: Form): Map<string, Template> {
  const engine = Handlebars.create();
  beStrict(engine);
  const files = templateFiles(import.meta.dirname, `.${form}.hbs`);
  const rules = { helpers: [], partials: new Set(files.keys()), noEscape: form === 'txt' };
  const templates = new Map([...files].map(([name, file]) => [name, compileTemplate(engine, file, rules)]));
  for (const [name, template] of templates) engine.registerPartial(name, template);
  return templates;
}

/** Handlebars is strict about what it writes only: a wrong name in a condition or a list would leave out a part of a mail. */
function beStrict(engine: typeof Handlebars): void {
  for (const name of ['if', 'unless', 'each']) {
    const helper = engine.helpers[name];
    if (helper === undefined) throw new Error(`Handlebars has no ${name}`);
    engine.registerHelper(name, function (this: unknown, value: unknown, options: Handlebars.HelperOptions) {
      if (value === undefined) throw new Error(`A template asks ${name} of something that is not there`);
      return helper.call(this, value, options) as unknown;
    });
  }
}

const forms = once(() => ({ html: load('html'), txt: load('txt') }));

/** Compiles the templates, so that a broken one shows when a process starts. Throws a BrokenFileError. */
export const prepareTemplates = (): void => void forms();

export function fill(form: Form, name: string, view: object): string {
  const template = forms()[form].get(name);
  if (template === undefined) throw new Error(`There is no template ${name}.${form}.hbs`);
  checkWhole(view, name);
  const written = template(view);
  return form === 'html' ? written : tidy(written);
}

/** A value that is there and is undefined passes for strict, and would leave a blank. */
function checkWhole(value: unknown, place: string): void {
  if (value === undefined || value === null) throw new Error(`A mail has no value for ${place}`);
  if (typeof value !== 'object') return;
  for (const [key, part] of Object.entries(value)) checkWhole(part, `${place}.${key}`);
}

/** Text without the blank lines and spaces that templates leave behind. */
const tidy = (text: string): string =>
  `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
