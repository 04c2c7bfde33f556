/** What is wrong in a draft, in Dutch, with what to do about it. Whether it is wrong, the checks of region files say. */
import { findMunicipality, presentMunicipality } from '../../../definitions/municipalities.ts';
import { readSessionText } from '../../../definitions/sessions/text.ts';
import { readTopic } from '../../../definitions/topic.ts';
import type { LocalDate } from '../../../domain/ids.ts';
import type { PageTexts } from '../../../templates/pages/locale.ts';
import { capital, fullDay } from '../../dutch/format.ts';
import type { Finding } from '../../start/check.ts';
import type { RowValues, StartDraft } from '../../start/draft.ts';

export interface Wording {
  texts: PageTexts;
  /** The day from which days without a year are counted. */
  around: LocalDate | undefined;
}

const MOST_SAID = 3;

const anyone = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
const MOST_LETTERS = 120;

/** A line of text that is missing, too long, or holds what cannot be seen. */
function lineSentence({ texts }: Wording, text: string): string {
  if (text.trim() === '') return texts.text('form.missing');
  return texts.text(anyone.test(text) ? 'start.wrong.unseen' : 'start.wrong.long', { max: MOST_LETTERS });
}

export function municipalitySentence({ texts }: Wording, text: string, twice: () => string): string {
  if (text.trim() === '') return texts.text('form.missing');
  const found = findMunicipality(text);
  if (found.status === 'found') return twice();
  if (found.status === 'ended') {
    const { name, endedOn, successor } = found.ended;
    return texts.text('start.wrong.ended', { name, day: fullDay(endedOn), successor: successor.name });
  }
  const names = found.suggestions;
  return names.length === 0
    ? texts.text('form.municipality')
    : texts.text('start.wrong.unknown', { names: new Intl.ListFormat('nl-BE', { type: 'disjunction' }).format(names) });
}

/** The parts that could not be read, by name. */
export function sessionsSentence({ texts, around }: Wording, text: string): string {
  const read = readSessionText(text, around === undefined ? {} : { around });
  if (read.ok) return texts.text('form.missing');
  const said = read.problems
    .slice(0, MOST_SAID)
    .map(({ kind, part, is = '' }) => capital(texts.text(`sessions.unread.${kind}`, { part, is })));
  return [...new Set(said)].join(' ');
}

function rowSentence(wording: Wording, { field }: Finding, values: RowValues, draft: StartDraft, row: number): string {
  const { texts } = wording;
  switch (field) {
    case 'municipality':
      return municipalitySentence(wording, values.municipality, () => twiceSentence(wording, values, draft, row));
    case 'email':
    case 'deputyEmail':
      return texts.text(values[field] === '' ? 'start.wrong.no-email' : 'form.email');
    case 'phone':
    case 'deputyPhone':
      return texts.text('form.phone');
    case 'contribution':
      return texts.text('form.amount');
    case 'sessions':
      return sessionsSentence(wording, values.sessions);
    case 'deputyName':
      return isSamePerson(values) ? texts.text('start.wrong.same-person') : lineSentence(wording, values.deputyName);
    default:
      return lineSentence(
        wording,
        field === 'name' ? values.name : field === 'function' ? values.function : values.deputyFunction,
      );
  }
}

const isSamePerson = ({ name, email, deputyName, deputyEmail }: RowValues): boolean =>
  name !== '' && name.toLowerCase() === deputyName.toLowerCase() && email.toLowerCase() === deputyEmail.toLowerCase();

function twiceSentence({ texts }: Wording, values: RowValues, { rows }: StartDraft, row: number): string {
  const nis = presentMunicipality(values.municipality)?.nis;
  const first = rows.find(
    (other) => other.number !== row && presentMunicipality(other.values.municipality)?.nis === nis,
  );
  return texts.text('start.wrong.twice', { name: values.municipality, row: first?.number ?? row });
}

function whatSentence(wording: Wording, { field }: Finding, draft: StartDraft): string {
  const { texts } = wording;
  const text = (draft.what[field] ?? '').trim();
  if (field.startsWith('sessions.')) return sessionsSentence(wording, text);
  if (text === '') return texts.text(field === 'round' ? 'form.choose' : 'form.missing');
  if (field.startsWith('date.')) {
    return texts.text(
      /^\d{4}-\d{2}-\d{2}$|^\d{1,2}[-/.]\d/.test(text) ? 'start.wrong.date-elsewhere' : 'start.wrong.date',
    );
  }
  if (field.endsWith('Email')) return texts.text('form.email');
  if (field.endsWith('Phone')) return texts.text('form.phone');
  if (field === 'id') return texts.text('start.wrong.id');
  if (field === 'topic' && readTopic(text) === undefined) return texts.text('start.wrong.topic');
  if (field === 'round' || field === 'route') return texts.text('form.choose');
  if (field === 'deputyName') return texts.text('start.wrong.same-person');
  return lineSentence(wording, text);
}

/** The sentence at a field. */
export function findingSentence(wording: Wording, finding: Finding, draft: StartDraft): string {
  const row = draft.rows.find(({ number }) => number === finding.row);
  if (row !== undefined) return rowSentence(wording, finding, row.values, draft, row.number);
  return finding.field === '' || finding.field === 'municipalities'
    ? wording.texts.text('start.wrong.no-rows')
    : whatSentence(wording, finding, draft);
}
