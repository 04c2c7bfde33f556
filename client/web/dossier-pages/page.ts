/** The dossier of a region: what has to be arranged before handing in, the file to hand in, its receipt, and all of it to take along. */
import type { FastifyReply } from 'fastify';
import type { Filing } from '../../../definitions/filing.ts';
import { namedDate } from '../../../domain/lookup.ts';
import type { Ticked } from '../../../store/checklist.ts';
import { coverageOf } from '../../exports/kiosk/coverage.ts';
import { bringUpOn, dueItems, filingOf, missingOf, openTasksOf } from '../../exports/kiosk/filing.ts';
import { tableNames } from '../../exports/tables.ts';
import { fullDay, moment, nearDay } from '../../dutch/format.ts';
import { frameOf, type OpenPath, tabsOf } from '../coordinator/access.ts';
import { headOf } from '../coordinator/head.ts';
import type { Dossier } from '../dossier.ts';
import { tableLinks } from '../exports/links.ts';
import { formView, isWrong, type Problem, summaryOf } from '../forms/fields.ts';
import { acceptOf } from '../uploads.ts';
import { sendPage, type Web } from '../web.ts';

export const RECEIPT_FORM = 'ontvangst';
export const RECEIPT_FIELD = 'file';
export const RECEIPT_KINDS = ['pdf', 'png', 'jpeg'] as const;

const ofOneRegion = tableNames.filter((name) => name !== 'regios');

export const dossierAddress = ({ home }: Pick<OpenPath, 'home'>): string => `${home}/dossier`;

export async function sendDossier(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  options: { isDone: boolean; problem?: Problem },
): Promise<FastifyReply> {
  const { dossier } = open;
  const { texts } = dossier;
  const filing = filingOf(dossier);
  const ticked = await web.store.checklist.tickedOf(dossier.state.id);
  const title = texts.text('dossier.heading');
  const receiptForm = filing && receiptFormOf(open, options.problem);
  const summary = options.problem && receiptForm && summaryOf(RECEIPT_FORM, options.problem, receiptForm.fields);
  return sendPage(web, reply, 'dossier', frameOf(open, title, isWrong(options.problem)), {
    ...headOf(dossier),
    tabs: tabsOf(open, 'dossier'),
    ...{ title, isDone: options.isDone, summary },
    filing: filing && filingView(open, filing, ticked),
    receipts: filing && receiptsOf(dossier),
    receiptForm: receiptForm && { ...receiptForm, summary: undefined },
    archive: `${dossierAddress(open)}/archief.zip`,
    tables: tableLinks(texts, ofOneRegion, `?pad=${encodeURIComponent(dossier.state.id)}`),
  });
}

function filingView(open: OpenPath, filing: Filing, ticked: readonly Ticked[]) {
  const { dossier } = open;
  const { state, texts, today } = dossier;
  const { platform } = filing;
  const closes = namedDate(state, 'closesOn');
  const missing = missingOf(dossier, filing, ticked);
  const due = new Set(dueItems(dossier, ticked).map(({ key }) => key));
  const rows = coverageOf(dossier);
  return {
    platform,
    closes: closes && nearDay(closes, today),
    items: filing.checklist.map((item) => {
      const done = ticked.find((each) => each.item === item.key);
      const from = bringUpOn(dossier, item);
      const unproved = rows.filter(({ status, proof }) => status === 'approved' && proof === undefined).length;
      const undecided = missing.find(({ key }) => key === 'decisions')?.lines.length ?? 0;
      return {
        ...{ title: item.title, explanation: item.explanation, isDue: due.has(item.key) },
        done: done && texts.text('checklist.done', { by: done.by, when: moment(done.at) }),
        from:
          done === undefined && from !== undefined ? texts.text('checklist.from', { day: fullDay(from) }) : undefined,
        open: openTasksOf(dossier, item),
        counts: item.decisions === true ? texts.text('checklist.decisions', { undecided, unproved }) : undefined,
        form: open.mayChange ? tickForm(open, item.key, item.title, done !== undefined) : undefined,
      };
    }),
    missing: missing.map(({ key, lines }) => ({
      title: texts.text(`coverage.missing.${key}`),
      summary: texts.text('dossier.missing-count', { count: lines.length }),
      lines,
    })),
    zip: `${dossierAddress(open)}/kiosk.zip`,
    pdf: `${dossierAddress(open)}/overzicht.pdf`,
  };
}

/** The title says which one, for who hears the button alone. */
function tickForm(open: OpenPath, item: string, title: string, isDone: boolean) {
  const { texts } = open.dossier;
  return {
    action: `${dossierAddress(open)}/checklist`,
    formToken: open.session.formToken,
    ...{ item, tick: isDone ? '' : '1' },
    submit: texts.text(isDone ? 'checklist.untick' : 'checklist.tick'),
    label: texts.text(isDone ? 'checklist.untick-label' : 'checklist.tick-label', { title }),
  };
}

/** Newest first. */
const receiptsOf = ({ documents, documentsAt = '', texts }: Dossier) =>
  [...documents.values()]
    .filter(({ kind }) => kind === 'receipt')
    .reverse()
    .map(({ id, name, createdAt, sha256 }) => ({
      ...{ name, sha256, href: `${documentsAt}/${id}` },
      about: texts.text('dossier.receipt.added', { when: moment(createdAt) }),
    }));

/** For who may change the path, once the file was handed in. */
function receiptFormOf(open: OpenPath, problem?: Problem) {
  const { dossier, session } = open;
  const { texts, state } = dossier;
  if (!open.mayChange || state.submission === undefined || state.ending !== undefined) return undefined;
  return formView(
    {
      id: RECEIPT_FORM,
      action: `${dossierAddress(open)}/ontvangst`,
      submit: texts.text('dossier.receipt.submit'),
      isQuiet: true,
      fields: [
        {
          ...{ name: RECEIPT_FIELD, kind: 'file', required: true, accept: acceptOf(RECEIPT_KINDS) },
          ...{ label: texts.text('dossier.receipt.file'), hint: texts.text('evidence.file-hint') },
        },
      ],
    },
    session.formToken,
    problem,
  );
}
