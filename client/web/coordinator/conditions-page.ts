/** The conditions of a region, and "what if": who says no, leaves or joins. It asks only: nothing is sent, nothing changes. */
import type { FastifyReply } from 'fastify';
import { findMunicipality, withReferenceRegion } from '../../../definitions/municipalities.ts';
import type { NewParty } from '../../../domain/commands.ts';
import { asPartyId, municipalityParty } from '../../../domain/ids.ts';
import { conditionDates, municipalities, namedDate } from '../../../domain/lookup.ts';
import { type Refusal, isRefusal } from '../../../domain/refusals.ts';
import { type WhatIf, whatIf } from '../../../domain/what-if.ts';
import { PageError, sentenceOf } from '../failures.ts';
import { type FieldSpec, fieldView, type Problem, summaryOf } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { first, type FormBody } from '../forms/values.ts';
import { capital, joined } from '../../dutch/format.ts';
import { sendPage, type Web } from '../web.ts';
import { frameOf, type OpenPath, tabsOf } from './access.ts';
import { type CommandForms, commandForms } from './command-form.ts';
import { conditionsAddress, conditionsCard, conditionViews, crossedTexts } from './conditions.ts';
import { headOf } from './head.ts';

const FORM = 'wat-als';
const WITHOUT = 'zonder';
const WITH = 'met';
const INHABITANTS = 'inwoners';

/** @param sent what was wrong with the form for a date that a condition counts from */
export function sendConditions(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  query: FormBody,
  sent?: Problem,
): FastifyReply {
  const { dossier } = open;
  const { texts, state } = dossier;
  const card = conditionsCard(dossier);
  if (card === undefined) throw new PageError('not-found');
  const reader = new FormReader(query, texts);
  const preview = state.ending === undefined ? previewOf(open, reader) : undefined;
  const problem: Problem = { form: FORM, body: query, errors: reader.errors };
  const fields = fieldsOf(open).map((field) => fieldView(FORM, field, problem));
  const title = texts.text('conditions.heading');
  const forms = commandForms(open, conditionsAddress(state.id), sent);
  const dates = state.ending === undefined && open.mayChange ? datesOf(open, forms) : [];
  const isAskedWrong = !reader.isComplete;
  return sendPage(web, reply, 'conditions', frameOf(open, title, isAskedWrong || sent !== undefined), {
    ...headOf(dossier),
    tabs: tabsOf(open, 'conditions'),
    ...{ title, home: open.home, isDone: 'gedaan' in query, isEnded: state.ending !== undefined },
    summary: isAskedWrong ? summaryOf(FORM, problem, fields) : forms.summary(),
    ...{ card, dates },
    form: { id: FORM, action: conditionsAddress(state.id), fields },
    preview,
  });
}

/** What a condition counts from and only this path knows: it can be entered and corrected here. */
function datesOf({ dossier: { state, texts, words } }: OpenPath, forms: CommandForms) {
  return conditionDates(state.round).map((item) => ({
    title: capital(words.date(item)),
    form: forms.form({
      ...{ command: 'move-deadline', about: item, submit: texts.text('party.save'), isQuiet: true },
      hidden: { item, reason: texts.text('conditions.date-reason') },
      fields: [
        {
          ...{ name: 'to', label: texts.text('conditions.date'), kind: 'date', required: true },
          ...{ hint: texts.text('form.date-hint'), value: namedDate(state, item) ?? '' },
        },
      ],
    }),
  }));
}

function fieldsOf({ dossier: { state, texts, words } }: OpenPath): FieldSpec[] {
  const nobody = { value: '', label: texts.text('conditions.what-if.nobody') };
  const parties = municipalities(state).map(({ id }) => ({ value: id, label: words.party(id) }));
  return [
    {
      ...{ name: WITHOUT, label: texts.text('conditions.what-if.without'), kind: 'select' },
      choices: [nobody, ...parties],
    },
    { name: WITH, label: texts.text('conditions.what-if.with'), autocomplete: 'off', optional: true },
    {
      ...{
        name: INHABITANTS,
        label: texts.text('conditions.what-if.inhabitants'),
        autocomplete: 'off',
        optional: true,
      },
      hint: texts.text('conditions.what-if.inhabitants-hint'),
    },
  ];
}

/** Who would join; undefined when nobody is named, or when it is not a municipality. */
function newParty(reader: FormReader): NewParty | undefined {
  const name = reader.text(WITH, { max: 80 });
  const inhabitants = reader.count(INHABITANTS, { from: 1, to: 9_999_999 });
  if (name === undefined) {
    if (inhabitants !== undefined) reader.wrong(WITH, 'missing');
    return undefined;
  }
  const found = findMunicipality(name);
  if (found.status !== 'found') {
    reader.wrong(WITH, 'municipality');
    return undefined;
  }
  const party = municipalityParty(found.municipality.nis);
  return { party, facts: withReferenceRegion(party, inhabitants === undefined ? {} : { inhabitants }) };
}

/** Nothing when nothing is asked, or something in the form is wrong: the reader says what. */
function previewOf({ dossier }: OpenPath, reader: FormReader) {
  const { state, now } = dossier;
  const without = first(reader.body, WITHOUT);
  const joining = newParty(reader);
  if (!reader.isComplete || (without === '' && joining === undefined)) return undefined;
  const leaving = without === '' ? undefined : asPartyId(without);
  const changes = { ...(joining && { with: [joining] }), ...(leaving && { without: [leaving] }) };
  const preview = whatIf(state, changes, now);
  if (isRefusal(preview)) {
    reader.errors[fieldAbout(preview)] = sentenceOf(preview.code, preview.detail);
    return undefined;
  }
  return previewView(dossier, preview, { leaving, joining: joining?.party });
}

const fieldAbout = ({ code }: Refusal): string => (code === 'party-exists' ? WITH : WITHOUT);

type Dossier = OpenPath['dossier'];
type Party = NewParty['party'] | undefined;

function previewView(dossier: Dossier, preview: WhatIf, { leaving, joining }: { leaving: Party; joining: Party }) {
  const { texts, words } = dossier;
  const say = (key: 'if-without' | 'if-with', party: Party): string[] =>
    party === undefined ? [] : [texts.text(`conditions.what-if.${key}`, { party: words.party(party) })];
  const before = conditionViews(dossier, preview.before);
  return {
    heading: texts.text('conditions.what-if.if', {
      what: joined([...say('if-without', leaving), ...say('if-with', joining)]),
    }),
    crossed: crossedTexts(dossier, preview.crossed, preview.before),
    conditions: conditionViews(dossier, preview.after).map((after, index) => ({
      ...after,
      before: before[index]?.status ?? after.status,
    })),
    leaving: leaving === undefined ? undefined : { name: words.party(leaving), party: leaving },
    isJoining: joining !== undefined,
  };
}
