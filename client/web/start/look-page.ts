/** Step three: what a path is in for, before it starts. Nothing is sent, and nobody is made known to the store. */
import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Region } from '../../../definitions/region.ts';
import { toPathStart } from '../../../definitions/region.ts';
import { conditionsOf } from '../../../domain/conditions.ts';
import { addDays, daysBetween, localDay } from '../../../domain/dates.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { decisionsOf, isMunicipal, municipalities, namedDate } from '../../../domain/lookup.ts';
import { decisionDue, textsNeededBy } from '../../../domain/schedule.ts';
import type { Person } from '../../../store/people.ts';
import { fullDay, joined } from '../../dutch/format.ts';
import { OUTLOOK_DAYS, outlookOf } from '../../start/outlook.ts';
import { conditionViews } from '../coordinator/conditions.ts';
import { foreseenOf } from '../coordinator/to-do.ts';
import type { Dossier } from '../dossier.ts';
import { confirmation, fieldView, type Problem, summaryOf } from '../forms/fields.ts';
import { accountFrame } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';
import { draftAddress, type OpenDraft } from './access.ts';
import { mailDays } from './look-mails.ts';
import { regionsOf } from './row-view.ts';
import { stepsOf, titleOf } from './steps.ts';

export const lookAddress = (id: string): string => draftAddress(id, '/vooruitblik');
const FORM = 'starten';

/** What was looked at: the same draft on the same day gives the same. */
export const seenOf = (web: Web, { draft }: OpenDraft): string =>
  createHash('sha256')
    .update(JSON.stringify([draft, localDay(web.clock())]))
    .digest('base64url')
    .slice(0, 22);

/** The path as its pages would show it, if it had started now. */
function unstarted(web: Web, region: Region): Dossier & { outlook: ReturnType<typeof outlookOf> } {
  const now = web.clock();
  const { start, people } = toPathStart(region.file, region.definition, region.round);
  const outlook = outlookOf(start, now);
  const known = people.map((person): [PersonId, Person] => [person.id, { ...person, path: start.id, createdAt: now }]);
  return {
    ...{ outlook, state: outlook.state, partnership: region.file.partnership, people: new Map(known) },
    ...{ words: web.words(region.definition.key, region.file.topic), texts: web.pages.texts },
    ...{ documents: new Map(), documentsAt: undefined, now, today: localDay(now) },
  };
}

/** A start that lies so far before the round itself is worth a word. */
const EARLY_DAYS = 60;

export function sendLook(
  web: Web,
  reply: FastifyReply,
  open: OpenDraft,
  region: Region,
  problem?: { message?: string; isUnseen?: boolean },
): FastifyReply {
  const { texts } = web.pages;
  const { session, draft } = open;
  const dossier = unstarted(web, region);
  const { outlook, state } = dossier;
  const heading = texts.text('start.look.heading');
  const title = titleOf(heading, draft);
  const shown: Problem | undefined = problem && {
    ...{ form: FORM, body: {} },
    errors: problem.isUnseen === true ? { confirmed: texts.text('start.look.unseen') } : {},
    ...(problem.message !== undefined && { message: problem.message }),
  };
  const seen = fieldView(FORM, confirmation(texts.text('start.look.seen')), shown);
  const frame = {
    title: `${shown === undefined ? '' : texts.text('form.title-prefix')}${title}`,
    account: accountFrame(session),
    status: shown === undefined ? 200 : 422,
  };
  const today = outlook.mails.filter(({ line }) => line.on === dossier.today && line.atOnce).length;
  return sendPage(web, reply, 'start-look', frame, {
    ...{ heading, seen, formId: FORM, formToken: session.formToken, action: lookAddress(open.id) },
    steps: stepsOf(web, open, 'look'),
    summary: summaryOf(FORM, shown, [seen]),
    digest: seenOf(web, open),
    facts: factsOf(dossier, region),
    atOnce: texts.text(today === 0 ? 'start.look.nothing-at-once' : 'start.look.at-once', { count: today }),
    days: mailDays(dossier, outlook.mails),
    mailsUntil: texts.text('start.look.mails-until', { day: fullDay(addDays(dossier.today, OUTLOOK_DAYS)) }),
    decisions: decisionRows(dossier),
    foreseen: foreseenLines(dossier),
    conditions: conditionViews(dossier, conditionsOf(state)).map(({ title, status, sentences, isDraft, missing }) => ({
      ...{ title, status, sentences, isDraft },
      missing: missing.map(({ text }) => text),
    })),
    warnings: warningsOf(dossier, region, draft),
    back: { what: draftAddress(open.id), who: draftAddress(open.id, '/gemeenten') },
  });
}

function factsOf({ words, texts, state }: Dossier, { file }: Region): { title: string; text: string }[] {
  const { coordinator, deputy, route, round } = file;
  const fact = (key: string, text: string | undefined) =>
    text === undefined ? [] : [{ title: texts.text(`start.fact.${key}`), text }];
  return [
    ...fact('partnership', file.partnership),
    ...fact('path', words.topic ?? words.title),
    ...fact('round', round && words.round(round).title),
    ...fact('route', route && words.route(route).title),
    ...fact('address', file.id),
    ...fact('coordinator', `${coordinator.name}, ${coordinator.email}`),
    ...fact('deputy', deputy && `${deputy.name}, ${deputy.email}`),
    ...fact('parties', texts.text('start.who.count', { count: municipalities(state).length })),
  ];
}

/** When each decision has to be there, and by when its texts. */
function decisionRows({ state, words }: Dossier) {
  return decisionsOf(state).map((decision) => ({
    title: words.decision(decision.key).title,
    body: words.body(decision.body).title,
    due: fullDay(decisionDue(state, decision)),
    texts: isMunicipal(state, decision) ? fullDay(textsNeededBy(state, decision)) : undefined,
  }));
}

/** Decisions for which somebody has no session in time, or whose date is too early. */
function foreseenLines(dossier: Dossier): string[] {
  const { early, noSession } = foreseenOf(dossier);
  return [...early, ...noSession].map(({ text, parties }) => {
    const names = joined(parties.map(({ name, next }) => (next === '' ? name : `${name} (${next})`)));
    return parties.length === 0 ? text : `${text} ${names}.`;
  });
}

function warningsOf(dossier: Dossier, { file, round }: Region, draft: OpenDraft['draft']): string[] {
  const { texts, state, today } = dossier;
  const opensOn = namedDate(state, 'opensOn');
  const without = file.municipalities.filter(({ contact }) => contact === undefined).map(({ name }) => name);
  const assumed = file.municipalities
    .filter(({ sessions }) => Object.keys(sessions).length === 0)
    .map(({ name }) => name);
  const regions = regionsOf(draft.rows);
  const say = (isTrue: boolean, key: string, values: Record<string, string | number> = {}): string[] =>
    isTrue ? [texts.text(key, values)] : [];
  return [
    ...say(round?.status === 'provisional', 'start.warn.provisional'),
    ...(opensOn !== undefined && daysBetween(today, opensOn) > EARLY_DAYS
      ? [texts.text('start.warn.early', { day: fullDay(opensOn) })]
      : []),
    ...say(file.route === undefined && state.definition.routes.length > 0, 'start.warn.no-route'),
    ...say(without.length > 0, 'start.who.without', { count: without.length, names: joined(without) }),
    ...say(assumed.length > 0, 'start.who.estimated', { count: assumed.length, names: joined(assumed) }),
    ...(regions.length < 2
      ? []
      : [
          texts.text('start.who.regions', {
            count: regions.length,
            regions: joined(regions.map(({ region, names }) => `${region} (${joined(names)})`)),
          }),
        ]),
  ];
}
