/** The texts of a path, for its coordinator: per decision the template, what goes along, and what every municipality gets. */
import type { FastifyReply } from 'fastify';
import type { Decision } from '../../../domain/definition.ts';
import { concerned, decisionsOf, findAsk, findDecision, isMunicipal, isOnRoute } from '../../../domain/lookup.ts';
import type { PartyId } from '../../../domain/ids.ts';
import { knownMarks } from '../../../templates/documents/check-template.ts';
import { attachmentsOf, draftOf, nextVersion, templateOf } from '../../../worker/drafts/documents.ts';
import type { StoredDocument } from '../../../store/documents.ts';
import { frameOf, type OpenPath, tabsOf } from '../coordinator/access.ts';
import { headOf } from '../coordinator/head.ts';
import type { Dossier } from '../dossier.ts';
import { PageError } from '../failures.ts';
import { type FieldSpec, formView, isWrong, type Problem } from '../forms/fields.ts';
import { acceptOf } from '../uploads.ts';
import { sendPage, type Web } from '../web.ts';
import { textAddress, textsAddress } from './links.ts';
import { fileView, filesOf, WORD_FIELD, wordField } from './files.ts';

export const TEMPLATE_FORM = 'sjabloon';
export const ATTACHMENT_FORM = 'bijlage';
export const ATTACHMENT_KINDS = ['pdf', 'docx'] as const;

/** A decision of which municipalities get a text. Throws the page `unknown-decision` for any other. */
export function textDecision({ dossier: { state } }: OpenPath, key: string): Decision {
  const decision = findDecision(state, key);
  if (decision === undefined || !isOnRoute(state, key) || !isMunicipal(state, decision))
    throw new PageError('unknown-decision');
  return decision;
}

/** All decisions that have a text. */
export function sendTexts(web: Web, reply: FastifyReply, open: OpenPath): FastifyReply {
  const { dossier } = open;
  const { state, texts, words } = dossier;
  const title = texts.text('drafts.heading');
  const municipal = decisionsOf(state).filter((decision) => isMunicipal(state, decision));
  return sendPage(web, reply, 'texts', frameOf(open, title), {
    ...headOf(dossier),
    tabs: tabsOf(open, 'texts'),
    ...{ title, home: open.home, isDone: false, summary: undefined },
    decisions: municipal.map(({ key }) => ({
      title: words.decision(key).title,
      href: textAddress(open, key),
      sent: sentText(dossier, key),
      ownTemplate: templateOf(filesOf(dossier), key, nextVersion(state, key)) !== undefined,
      attachments: attachmentsOf(filesOf(dossier), key, nextVersion(state, key)).length,
    })),
  });
}

const sentText = ({ state, texts }: Dossier, decision: string): string => {
  const version = state.texts[decision];
  return version === undefined ? texts.text('drafts.not-sent') : texts.text('drafts.sent-version', { version });
};

/** One decision. With a problem, the form that it is about comes back. */
export function sendText(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  decision: Decision,
  options: { isDone: boolean; problem?: Problem },
): FastifyReply {
  const { dossier } = open;
  const { state, texts, words } = dossier;
  const files = filesOf(dossier);
  const { key } = decision;
  const page = textAddress(open, key);
  const next = nextVersion(state, key);
  const own = templateOf(files, key, next);
  const title = texts.text('drafts.title', { decision: words.decision(key).title });
  const isClosed = state.ending !== undefined || !open.mayChange;
  const views = (kind: StoredDocument['kind']) =>
    files
      .filter((file) => file.kind === kind && file.decision === key && file.size > 0)
      .reverse()
      .map((file) => fileView(dossier, file));
  return sendPage(web, reply, 'text', frameOf(open, title, isWrong(options.problem)), {
    ...headOf(dossier),
    tabs: tabsOf(open, 'none'),
    ...{ title, home: open.home, page, next, isDone: options.isDone, summary: undefined },
    back: textsAddress(open),
    sent: sentText(dossier, key),
    template: { href: `${page}/sjabloon`, name: own?.name ?? texts.text('drafts.template.usual') },
    templates: views('template'),
    marks: knownMarks(),
    templateForm: isClosed ? undefined : templateForm(open, decision, options.problem),
    attachments: attachmentsOf(files, key, next).map((file) => ({
      ...fileView(dossier, file),
      remove: isClosed ? undefined : withdrawForm(open, decision, file),
    })),
    attachmentForm: isClosed ? undefined : attachmentForm(open, decision, options.problem),
    parties: concerned(state, decision).map((party) => partyRow(open, decision, party)),
  });
}

export function templateForm(open: OpenPath, decision: Decision, problem?: Problem) {
  const { dossier, session } = open;
  const { texts, state } = dossier;
  return formView(
    {
      id: TEMPLATE_FORM,
      action: `${textAddress(open, decision.key)}/sjabloon`,
      submit: texts.text('drafts.template.submit', { version: nextVersion(state, decision.key) }),
      isQuiet: true,
      fields: [wordField(dossier, texts.text('drafts.template.file'))],
    },
    session.formToken,
    problem,
  );
}

/** What may be added to a text that was sent, or only to the next one. */
export const versionsFor = ({ state }: Dossier, { key }: Decision): number[] => {
  const sent = state.texts[key];
  return sent === undefined ? [1] : [sent, sent + 1];
};

function attachmentForm(open: OpenPath, decision: Decision, problem?: Problem) {
  const { dossier, session } = open;
  const { texts } = dossier;
  const versions = versionsFor(dossier, decision);
  const label = (version: number, index: number): string =>
    texts.text(index === 0 && versions.length > 1 ? 'drafts.attachments.sent' : 'drafts.attachments.next', { version });
  const version: FieldSpec = {
    ...{ name: 'version', kind: 'select', label: texts.text('drafts.attachments.version') },
    value: String(versions.at(-1)),
    choices: versions.map((each, index) => ({ value: String(each), label: label(each, index) })),
  };
  const file: FieldSpec = {
    ...{ name: WORD_FIELD, kind: 'file', label: texts.text('drafts.attachments.file') },
    ...{ hint: texts.text('drafts.attachments.hint'), accept: acceptOf(ATTACHMENT_KINDS), required: true },
  };
  return formView(
    {
      id: ATTACHMENT_FORM,
      action: `${textAddress(open, decision.key)}/bijlagen`,
      submit: texts.text('drafts.attachments.submit'),
      isQuiet: true,
      fields: versions.length > 1 ? [file, version] : [file],
    },
    session.formToken,
    problem,
  );
}

const withdrawForm = (open: OpenPath, decision: Decision, file: StoredDocument) =>
  formView(
    {
      id: `weg-${file.id}`,
      action: `${textAddress(open, decision.key)}/bijlagen/weg`,
      submit: open.dossier.texts.text('drafts.attachments.withdraw', { name: file.name }),
      isQuiet: true,
      hidden: { document: file.id },
      fields: [],
    },
    open.session.formToken,
  );

function partyRow(open: OpenPath, { key }: Decision, party: PartyId) {
  const { dossier } = open;
  const { state, words } = dossier;
  const page = textAddress(open, key);
  const ask = findAsk(state, key, party);
  const sent = ask === undefined ? undefined : draftOf(filesOf(dossier), key, party, ask.textVersion);
  const at = (what: string, version: number): string => `${page}/${what}/${party}/${String(version)}`;
  return {
    name: words.party(party),
    preview: at('voorbeeld', nextVersion(state, key)),
    draft: ask && { href: at('ontwerp', ask.textVersion), version: ask.textVersion, sha256: sent?.sha256 },
  };
}
