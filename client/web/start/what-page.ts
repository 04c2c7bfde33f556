/** Step one: what the path is about. All that is typed is kept, right or wrong. */
import type { FastifyReply } from 'fastify';
import { isAdministrator } from '../../access/viewer.ts';
import { slugOf, type StartDraft } from '../../start/draft.ts';
import type { Finding } from '../../start/check.ts';
import { isFree } from '../../services/start-path.ts';
import { fieldView, type Problem, summaryOf } from '../forms/fields.ts';
import { first, type FormBody } from '../forms/values.ts';
import { accountFrame } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';
import { countedFrom } from '../../../definitions/region-sessions.ts';
import { parseDay } from '../../dutch/format.ts';
import { draftAddress, type OpenDraft } from './access.ts';
import type { StartDefinitions } from './loaders.ts';
import { findingSentence, type Wording } from './sentences.ts';
import { stepsOf, titleOf } from './steps.ts';
import { roundOf, type WhatContext, whatGroups } from './what-fields.ts';

const FORM = 'wat';
const LONGEST = 5_000;

export function whatContext(
  web: Web,
  definitions: StartDefinitions,
  { session, checked, draft }: OpenDraft,
): WhatContext {
  const { definition } = checked;
  return {
    texts: web.pages.texts,
    words: web.words(draft.path),
    definition,
    rounds: definitions.roundsFor(definition),
    viewer: session,
  };
}

export function wordingOf(web: Web, context: WhatContext, draft: StartDraft): Wording {
  const round = roundOf(context, draft);
  return { texts: web.pages.texts, around: countedFrom({ ...round?.dates, ...datesIn(draft) }) };
}

const datesIn = ({ what }: StartDraft) =>
  Object.fromEntries(
    Object.entries(what).flatMap(([name, text]) => {
      const day = name.startsWith('date.') ? parseDay(text) : undefined;
      return day === undefined ? [] : [[name.slice('date.'.length), day] as const];
    }),
  );

/** The draft with what the form says; a short name is proposed when none was given. */
export function readWhat(context: WhatContext, { draft, session }: OpenDraft, body: FormBody): StartDraft {
  const names = whatGroups(context, draft).flatMap(({ fields }) => fields.map(({ name }) => name));
  const what = { ...draft.what };
  for (const name of names) if (body[name] !== undefined) what[name] = first(body, name).trim().slice(0, LONGEST);
  if (!isAdministrator(session)) what['coordinatorEmail'] = session.account.email;
  const year = yearOf(context, { ...draft, what });
  if ((what['id'] ?? '') === '' && (what['partnership'] ?? '') !== '')
    what['id'] = slugOf(what['partnership'] ?? '', year);
  return { ...draft, what };
}

/** The year that tells paths of one partnership apart: in which its period begins, or its last date falls. */
function yearOf(context: WhatContext, draft: StartDraft): string {
  const dates = { ...roundOf(context, draft)?.dates, ...datesIn(draft) };
  return (dates['startsOn'] ?? Object.values(dates).toSorted().at(-1) ?? '').slice(0, 4);
}

/** What is wrong on this page, with whether the short name is still free. */
export async function whatFindings(web: Web, { checked, draft }: OpenDraft): Promise<Finding[]> {
  const { id = '', partnership = '', coordinatorEmail: email = '' } = draft.what;
  const own = checked.findings.filter(
    // A short name is proposed as soon as there is a name.
    ({ row, field }) =>
      row === undefined &&
      !['', 'municipalities'].includes(field) &&
      (field !== 'id' || id !== '' || partnership !== ''),
  );
  if (own.some(({ field }) => field === 'id')) return own;
  if (id !== '' && !(await isFree(web.store, { id, partnership, coordinator: { email } })))
    own.push({ field: 'id', path: ['taken'] });
  return own;
}

export async function sendWhat(
  web: Web,
  definitions: StartDefinitions,
  reply: FastifyReply,
  open: OpenDraft,
  findings: Finding[],
): Promise<FastifyReply> {
  const { texts } = web.pages;
  const context = whatContext(web, definitions, open);
  const { draft, session } = open;
  const wording = wordingOf(web, context, draft);
  const body = Object.fromEntries(Object.entries(draft.what).map(([name, text]) => [name, [text]]));
  const order = whatGroups(context, draft).flatMap(({ fields }) => fields.map(({ name }) => name));
  const sorted = findings.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
  const errors = Object.fromEntries(
    sorted.map((finding) => [
      finding.field,
      finding.path[0] === 'taken' ? texts.text('start.wrong.taken') : findingSentence(wording, finding, draft),
    ]),
  );
  const problem: Problem = { form: FORM, body, errors };
  const groups = whatGroups(context, draft).map((group) => ({
    ...{ legend: group.legend, explanation: group.explanation },
    fields: group.fields.map((field) => fieldView(FORM, field, problem)),
    isFolded: group.isFolded ?? false,
    isOpen: group.fields.some(({ name }) => errors[name] !== undefined || (draft.what[name] ?? '') !== ''),
  }));
  const isWrong = findings.length > 0;
  const summary = isWrong
    ? summaryOf(
        FORM,
        problem,
        groups.flatMap(({ fields }) => fields),
      )
    : undefined;
  const heading = texts.text('start.what.heading');
  const title = titleOf(heading, draft);
  const frame = {
    title: `${isWrong ? texts.text('form.title-prefix') : ''}${title}`,
    account: accountFrame(session),
    status: isWrong ? 422 : 200,
  };
  return sendPage(web, reply, 'start-what', frame, {
    ...{ heading, groups, summary, formToken: session.formToken, id: FORM, action: draftAddress(open.id) },
    steps: stepsOf(web, open, 'what'),
    path: context.words.title,
  });
}
