/** What goes into a file that is handed in, and what it still lacks. */
import { type ChecklistItem, type Filing, loadFiling } from '../../../definitions/filing.ts';
import { addDays } from '../../../domain/dates.ts';
import { conditionsOf } from '../../../domain/conditions.ts';
import type { LocalDate } from '../../../domain/ids.ts';
import { decisionsOf, isOnRoute, namedDate } from '../../../domain/lookup.ts';
import { isDone } from '../../../domain/progress.ts';
import type { StoredDocument } from '../../../store/documents.ts';
import type { Ticked } from '../../../store/checklist.ts';
import { attachmentsOf } from '../../../worker/drafts/documents.ts';
import { conditionViews } from '../../web/coordinator/conditions.ts';
import type { Dossier } from '../../web/dossier.ts';
import { type CoverageRow, coverageOf } from './coverage.ts';

const known = new Map<string, Filing | undefined>();

/** Undefined for a path at whose end nothing is handed in. */
export function filingOf({ state }: Pick<Dossier, 'state'>): Filing | undefined {
  const { key } = state.definition;
  if (!known.has(key)) {
    const parsed = loadFiling(key);
    known.set(key, parsed?.ok === true ? parsed.value : undefined);
  }
  return known.get(key);
}

/** Texts that were sent, the newest version of each, or what is prepared for the first one; the same file once. */
export function textsOf({ state, documents }: Dossier, isMeant: (document: string) => boolean): StoredDocument[] {
  const all = decisionsOf(state)
    .filter(({ document }) => isMeant(document))
    .flatMap(({ key }) => attachmentsOf([...documents.values()], key, state.texts[key] ?? 1));
  return [...new Map(all.map((file) => [`${file.sha256} ${file.name}`, file])).values()];
}

export interface MissingGroup {
  key: 'documents' | 'decisions' | 'proof' | 'parts' | 'conditions' | 'checklist';
  lines: string[];
}

/** A decision that nobody has to take, and that was not asked for, is not missed. */
const isNeeded = ({ decision, status }: CoverageRow): boolean =>
  status !== 'waived' && !(decision.optional === true && status === 'none');

/** What the file still lacks, in sentences; nothing when it is complete. */
export function missingOf(dossier: Dossier, filing: Filing, ticked: readonly Ticked[]): MissingGroup[] {
  const { state } = dossier;
  const rows = coverageOf(dossier).filter(isNeeded);
  const line = (row: CoverageRow): string => `${row.name}: ${row.title}`;
  const undecided = rows.filter(({ status }) => status !== 'approved');
  const unproved = rows.filter(({ status, proof }) => status === 'approved' && proof === undefined);
  const documents = decisionsOf(state)
    .filter(({ document, optional }) => filing.documents.includes(document) && optional !== true)
    .map(({ document }) => document);
  const none = [...new Set(documents)].filter((document) => textsOf(dossier, (each) => each === document).length === 0);
  const done = new Set(ticked.map(({ item }) => item));
  const conditions = conditionViews(dossier, conditionsOf(state)).filter(
    ({ isDraft, status }) => !isDraft && status.symbol !== '✓',
  );
  const groups: MissingGroup[] = [
    { key: 'documents', lines: none.map((document) => titleOfDocument(dossier, document)) },
    { key: 'decisions', lines: undecided.map((row) => `${line(row)} (${row.statusText})`) },
    { key: 'proof', lines: unproved.map(line) },
    { key: 'parts', lines: filing.checklist.flatMap((item) => openTasksOf(dossier, item)) },
    {
      key: 'conditions',
      lines: conditions.map(({ title, status, brief }) =>
        [`${title}: ${status.label}`, brief].filter((part) => part !== undefined).join('. '),
      ),
    },
    { key: 'checklist', lines: filing.checklist.filter(({ key }) => !done.has(key)).map(({ title }) => title) },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

/** The decision that it is decided on by is the best name that a document has. */
function titleOfDocument({ state, words }: Dossier, document: string): string {
  const decision = decisionsOf(state).findLast((each) => each.document === document);
  return decision === undefined ? document : words.decision(decision.key).title;
}

/** Of the tasks that an item rests on, those that are not done. */
export const openTasksOf = ({ state, words }: Dossier, { tasks = [] }: ChecklistItem): string[] =>
  tasks.filter((task) => isOnRoute(state, task) && !isDone(state, task)).map((task) => words.task(task).title);

/** From when an item is brought up; undefined without a closing date. */
export function bringUpOn({ state }: Pick<Dossier, 'state'>, { weeks }: ChecklistItem): LocalDate | undefined {
  const closes = namedDate(state, 'closesOn');
  return closes === undefined ? undefined : addDays(closes, -7 * weeks);
}

/** What was not ticked and is brought up by now, as long as the file was not handed in. */
export function dueItems(dossier: Dossier, ticked: readonly Ticked[]): ChecklistItem[] {
  const { state, today } = dossier;
  const filing = filingOf(dossier);
  if (filing === undefined || state.submission !== undefined || state.ending !== undefined) return [];
  const done = new Set(ticked.map(({ item }) => item));
  return filing.checklist.filter((item) => {
    const from = bringUpOn(dossier, item);
    return from !== undefined && from <= today && !done.has(item.key);
  });
}
