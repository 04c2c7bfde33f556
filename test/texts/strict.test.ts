/** A mail or a page with a hole in it, or a broken file that shows only when somebody waits for it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { afterAll, describe, expect, it } from 'vitest';
import { BrokenFileError } from '../../templates/broken-file.ts';
import { compileTemplate, templateFiles } from '../../templates/compile.ts';
import { fill } from '../../templates/mail/engine.ts';
import { createPages } from '../../templates/pages/render.ts';
import { filled, readSentences } from '../../templates/sentences.ts';
import { asFailure } from '../../client/cli/failure.ts';

const templates = join(import.meta.dirname, '..', '..', 'templates');
const folder = mkdtempSync(join(tmpdir(), 'regiopad-templates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const compile = (source: string) => {
  const file = join(folder, 'page.hbs');
  writeFileSync(file, source);
  return compileTemplate(Handlebars.create(), file, { helpers: ['t'], partials: new Set(['layout']) });
};

describe('a broken template stops the start, with its file and line', () => {
  it.each([
    ['<p>\n{{name</p>', 'page.hbs:2: Parse error on line 2:'],
    ['{{#if a}}\n{{/each}}', "page.hbs:1: if doesn't match each - 1:3"],
    ['a\n\n{{{name}}}', 'page.hbs:3: triple braces would insert text unescaped'],
    ['a\n{{&name}}', 'page.hbs:2: triple braces would insert text unescaped'],
    ['a\n{{shout name}}', 'page.hbs:2: there is no helper shout'],
    ['a\n{{#if (shout name)}}a{{/if}}', 'page.hbs:2: there is no helper shout'],
    ['a\n{{shout name=1}}', 'page.hbs:2: there is no helper shout'],
    ['{{> layout a b}}', 'page.hbs:1: a template to include takes one value: layout gets more'],
    ['{{#with name}}a{{/with}}', 'page.hbs:1: there is no helper with'],
    ['\n{{> footer}}', 'page.hbs:2: there is no template footer to include'],
    ['{{#> frame}}a{{/frame}}', 'page.hbs:1: there is no template frame to include'],
  ])('%j', (source, message) => {
    const compiled = (): unknown => compile(source);
    expect(compiled).toThrow(BrokenFileError);
    expect(compiled).toThrow(message);
  });

  it('and a file of sentences does too', () => {
    const file = join(folder, 'nl.yaml');
    const reading = (text: string) => () => {
      writeFileSync(file, text);
      return readSentences(file);
    };
    expect(reading('a:\n  b: "open')).toThrow(/nl\.yaml:2: Missing closing "quote/);
    expect(reading('a: x\nb:\n  c:\n')).toThrow(/nl\.yaml:3: b\.c holds no text/);
    expect(reading('a: x\na: y\n')).toThrow(/nl\.yaml:2: Map keys must be unique/);
  });

  it('as one line for who starts it', () => {
    const failure = asFailure(
      new BrokenFileError(join(templates, 'mail', 'mail.html.hbs'), 3, 'there is no helper shout'),
    );
    expect(failure?.message).toBe('templates/mail/mail.html.hbs:3: there is no helper shout');
  });
});

describe('a value that is missing', () => {
  const mail = {
    ...{ subject: 's', letterhead: 'l', greeting: 'g', intro: [], sections: [], linkIntro: 'i', link: 'k' },
    ...{ linkName: 'n', linkCopy: 'c', linkCode: '', closing: [], small: [], notice: '', lines: [] },
  };

  it.each(Object.keys(mail))('throws in a mail, in its text and its HTML: %s', (name) => {
    const { [name as 'subject']: _left, ...without } = mail;
    expect(() => fill('html', 'mail', mail)).not.toThrow();
    expect(() => fill('html', 'mail', without)).toThrow();
    const isOnlyInHtml = ['subject', 'letterhead', 'linkName', 'linkCopy'].includes(name);
    if (!isOnlyInHtml) expect(() => fill('txt', 'mail', without)).toThrow();
    expect(() => fill('html', 'mail', { ...mail, [name]: undefined })).toThrow(`no value for mail.${name}`);
  });

  it('throws deep in a mail too', () => {
    const section = { title: 't', paragraphs: [], facts: [{ label: 'l', value: undefined }], notes: [], say: '' };
    const view = { ...mail, sections: [{ ...section, sayIntro: 's' }] };
    expect(() => fill('html', 'mail', view)).toThrow('no value for mail.sections.0.facts.0.value');
  });

  it('throws in a sentence, and an empty one does too', () => {
    expect(() => filled('a.b', 'Dag {name},', {})).toThrow('The sentence a.b needs a value for {name}');
    expect(() => filled('a.b', 'Dag {name},', { name: ' \n' })).toThrow('got an empty value for {name}');
  });

  it('throws in a page', () => {
    const pages = createPages();
    const frame = { base: '', title: 'Titel' };
    expect(() => pages.render('sign-in-confirm', frame, { form: {} })).toThrow(/"id" not defined/);
    expect(() => pages.texts.text('noted.by', { when: 'nu', who: '' })).toThrow('empty value for {who}');
    expect(() => pages.texts.text('noted.nothing')).toThrow('there is no text noted.nothing');
  });
});

describe('the templates of pages', () => {
  const files = [
    ...templateFiles(join(templates, 'pages'), '.hbs').values(),
    ...templateFiles(join(templates, 'pages', 'partials'), '.hbs').values(),
  ];
  const code = readdirSync(join(templates, '..', 'client'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(templates, '..', 'client', name), 'utf8'))
    .join('\n');
  const words = new Set(code.match(/\b[a-z]\w+\b/gi));
  /** Set by a template for the one that it includes. */
  const given = new Set(
    files.flatMap((file) => readFileSync(file, 'utf8').match(/(?<=\{\{#?> [^}]*)\b\w+(?==)/g) ?? []),
  );

  it('ask for no value in a condition or a list that no code has ever heard of', () => {
    const unknown = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\{\{(?:#(?:if|unless|each)|else if) ([\w./]+)\}\}/g)]
        .map(([, path = '']) => path.replaceAll('../', ''))
        .filter(
          (path) =>
            path !== 'this' &&
            !path.split('.').every((name) => words.has(name) || given.has(name) || name === 'length'),
        )
        .map((path) => `${file.slice(templates.length + 1)}: ${path}`),
    );
    expect(unknown).toEqual([]);
  });
});
