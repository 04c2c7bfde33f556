/** One page without styles of others, scripts or anything from the web: a browser opens it as long as there are browsers. */
import { concerned, decisionsOf, municipalities } from '../../../domain/lookup.ts';
import type { StoredDocument } from '../../../store/documents.ts';
import { fileSize, fullDay, moment } from '../../dutch/format.ts';
import { localDay } from '../../../domain/dates.ts';
import { detailsText, type Dossier } from '../../web/dossier.ts';
import { historyOf } from '../../web/history.ts';
import { coverageOf } from '../kiosk/coverage.ts';
import type { PathRecord } from './archive.ts';

interface NamedFile {
  file: StoredDocument;
  name: string;
}

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const row = (tag: 'td' | 'th', cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${cell}</${tag}>`).join('')}</tr>\n`;

const table = (head: readonly string[], rows: readonly string[][]): string =>
  `<table>\n<thead>${row('th', head.map(escaped))}</thead>\n<tbody>\n${rows.map((cells) => row('td', cells)).join('')}</tbody>\n</table>\n`;

const link = (href: string, text: string): string => `<a href="${escaped(href)}">${escaped(text)}</a>`;
const toFile = (name: string): string => name.split('/').map(encodeURIComponent).join('/');

export function indexPage(dossier: Dossier, record: PathRecord, files: readonly NamedFile[]): string {
  const { texts, partnership, now } = dossier;
  const title = texts.text('archive.title', { partnership });
  const heading = (key: string): string => `<h2>${escaped(texts.text(`archive.heading.${key}`))}</h2>\n`;
  return [
    '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n',
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    `<title>${escaped(title)}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n`,
    `<h1>${escaped(title)}</h1>\n<p>${escaped(texts.text('archive.made', { when: moment(now) }))}</p>\n`,
    ...[heading('facts'), factsPart(dossier)],
    ...[heading('decisions'), decisionsPart(dossier, files)],
    ...[heading('people'), peoplePart(dossier)],
    ...(record.notes.length === 0 ? [] : [heading('notes'), notesPart(record)]),
    ...[heading('history'), historyPart(dossier, record)],
    ...[heading('documents'), documentsPart(dossier, files)],
    '</body>\n</html>\n',
  ].join('');
}

const STYLE =
  'body{font-family:sans-serif;line-height:1.4;max-width:70em;margin:2em auto;padding:0 1em}table{border-collapse:collapse}' +
  'th,td{border:1px solid #999;padding:.3em .5em;text-align:left;vertical-align:top}code{overflow-wrap:anywhere;font-size:80%}';

function factsPart({ state, words, texts, referenceRegion }: Dossier): string {
  const parties = municipalities(state).map(({ id }) => words.party(id));
  const facts: [key: string, value: string | undefined][] = [
    ['path', [words.title, words.topic].filter(Boolean).join(': ')],
    ['region', referenceRegion],
    ['round', state.round && words.round(state.round.key).title],
    ['municipalities', parties.join(', ')],
    ['started', moment(state.startedAt)],
    ['submission', state.submission && `${state.submission.number}, ${fullDay(state.submission.on)}`],
    ['ended', state.ending && moment(state.ending.at)],
  ];
  const items = facts.flatMap(([key, value]) =>
    value === undefined ? [] : [`<li>${escaped(texts.text(`archive.fact.${key}`))}: ${escaped(value)}</li>\n`],
  );
  return `<ul>\n${items.join('')}</ul>\n`;
}

function decisionsPart(dossier: Dossier, files: readonly NamedFile[]): string {
  const { state, texts } = dossier;
  const names = new Map(files.map(({ file, name }) => [file.id, name]));
  const rows = coverageOf(dossier);
  const columns = ['decision', 'party', 'status', 'sessionOn', 'textVersion', 'proof', 'notedBy'];
  const head = columns.map((key) => texts.text(`export.column.${key}`));
  if (decisionsOf(state).every((decision) => concerned(state, decision).length === 0)) return '';
  return table(
    head,
    rows.map(({ title, name, statusText, sessionOn, textVersion, proof, file, by }) => [
      ...[title, name, statusText].map(escaped),
      sessionOn === undefined ? '' : fullDay(sessionOn),
      textVersion === undefined ? '' : String(textVersion),
      proofLink(proof, file && names.get(file.id)),
      escaped(by),
    ]),
  );
}

function proofLink(proof: string | undefined, name: string | undefined): string {
  if (proof === undefined) return '';
  if (name !== undefined) return link(toFile(name), proof);
  return /^https?:\/\//i.test(proof) ? link(proof, proof) : escaped(proof);
}

const peoplePart = (dossier: Dossier): string =>
  `<ul>\n${[...dossier.people.values()]
    .map(({ id, party }) =>
      [party === undefined ? undefined : dossier.words.party(party), detailsText(dossier, id)]
        .filter(Boolean)
        .join(': '),
    )
    .map((text) => `<li>${escaped(text)}</li>\n`)
    .join('')}</ul>\n`;

const notesPart = ({ notes }: PathRecord): string =>
  `<ul>\n${notes
    .filter(({ removed_at: removed }) => removed === null)
    .map(({ author, created_at: at, text }) => `<li>${escaped(`${moment(at as never)}, ${author}: ${text}`)}</li>\n`)
    .join('')}</ul>\n`;

function historyPart(dossier: Dossier, { events }: PathRecord): string {
  const items = historyOf(dossier, events)
    .reverse()
    .map(({ when, who, what, more }) => escaped(`${when}, ${who}: ${[what, ...more].join(' ')}`));
  return `<ol>\n${items.map((item) => `<li>${item}</li>\n`).join('')}</ol>\n`;
}

function documentsPart({ texts }: Dossier, files: readonly NamedFile[]): string {
  if (files.length === 0) return `<p>${escaped(texts.text('archive.no-documents'))}</p>\n`;
  const head = ['file', 'kind', 'size', 'day', 'sha256'].map((key) => texts.text(`archive.column.${key}`));
  return table(
    head,
    files.map(({ file, name }) => [
      link(toFile(name), name),
      escaped(texts.text(`archive.kind.${file.kind}`)),
      fileSize(file.size),
      fullDay(localDay(file.createdAt)),
      `<code>${file.sha256}</code>`,
    ]),
  );
}
