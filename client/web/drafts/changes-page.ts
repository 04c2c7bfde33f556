/** How a council changed the text: beside the one that it was sent, word by word, and how the coordinator goes on. */
import type { FastifyReply } from 'fastify';
import { findAsk } from '../../../domain/lookup.ts';
import { compareDocx, type Comparison } from '../../../templates/documents/compare.ts';
import { changesOf } from '../../../worker/drafts/documents.ts';
import type { StoredDocument } from '../../../store/documents.ts';
import { frameOf, type OpenPath, tabsOf } from '../coordinator/access.ts';
import type { OpenAsk } from '../coordinator/ask-page.ts';
import { commandForms } from '../coordinator/command-form.ts';
import { headOf } from '../coordinator/head.ts';
import { settlingChoices } from '../coordinator/settling.ts';
import type { Dossier } from '../dossier.ts';
import { formView, isWrong, type Problem } from '../forms/fields.ts';
import { notedView } from '../municipality/asks.ts';
import { sendPage, type Web } from '../web.ts';
import { fileView, filesOf, wordField } from './files.ts';
import { changesAddress, textLinks } from './links.ts';

export const CHANGES_FORM = 'gewijzigde-tekst';

export async function sendChanges(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  { decision, party, page }: OpenAsk,
  options: { isDone: boolean; problem?: Problem },
): Promise<FastifyReply> {
  const { dossier, session } = open;
  const { state, texts, words } = dossier;
  const ask = findAsk(state, decision.key, party);
  const changes = changesOf(filesOf(dossier), decision.key, party);
  const [newest] = changes;
  const title = texts.text('drafts.changes.title', {
    party: words.party(party),
    decision: words.decision(decision.key).short,
  });
  const form = formView(
    {
      id: CHANGES_FORM,
      action: changesAddress(open, decision.key, party),
      submit: texts.text('drafts.changed.submit'),
      isQuiet: true,
      fields: [wordField(dossier, texts.text('drafts.changed.file'))],
    },
    session.formToken,
    options.problem,
  );
  const isOpen = state.ending === undefined && open.mayChange;
  const links = textLinks(open, decision, party);
  return sendPage(web, reply, 'changes', frameOf(open, title, isWrong(options.problem)), {
    ...headOf(dossier),
    tabs: tabsOf(open, 'none'),
    ...{ title, home: open.home, back: page, isDone: options.isDone, summary: undefined },
    noted: ask && notedView(dossier, ask),
    version: newest?.textVersion ?? ask?.textVersion,
    links,
    files: changes.map((file) => fileView(dossier, file)),
    comparison: newest && (await comparisonView(web, dossier, newest)),
    form: isOpen && links.draft !== undefined ? form : undefined,
    choices: isOpen ? settlingChoices(open, decision, party, commandForms(open, page)) : [],
  });
}

/** With the draft of the version that was changed. */
async function comparisonView(web: Web, { state, texts }: Dossier, changed: StoredDocument) {
  const { decision = '', party, textVersion = 1 } = changed;
  const sent = party === undefined ? undefined : await web.drafts.sent(state.id, decision, party, textVersion);
  const { documents } = web.store;
  const compared: Comparison =
    sent === undefined
      ? { ok: false, why: 'refused' }
      : await compareDocx(await documents.content(sent), await documents.content(changed));
  if (!compared.ok) return { note: texts.text(`drafts.changes.${compared.why}`), stretches: [] };
  return {
    note: compared.isSame ? texts.text('drafts.changes.same') : undefined,
    stretches: compared.stretches.map((stretch) =>
      stretch.kind === 'folded'
        ? { folded: stretch.lines, summary: texts.text('drafts.changes.folded', { count: stretch.lines.length }) }
        : { folded: undefined, lines: stretch.lines },
    ),
  };
}
