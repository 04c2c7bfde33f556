/** The fields of the first page: what a path is about, its dates, who coordinates it. They follow from its definition. */
import { bodiesOf } from '../../../definitions/region-schema.ts';
import { type Definition, needsRound, type OwnDate, type Round } from '../../../domain/definition.ts';
import { conditionDates, ruleDate } from '../../../domain/lookup.ts';
import type { LocalDate } from '../../../domain/ids.ts';
import type { PageTexts } from '../../../templates/pages/locale.ts';
import { isAdministrator, type Viewer } from '../../access/viewer.ts';
import { capital, fullDay, joined, parseDay } from '../../dutch/format.ts';
import type { PathWords } from '../../dutch/words.ts';
import type { StartDraft, WhatValues } from '../../start/draft.ts';
import type { FieldSpec } from '../forms/fields.ts';

export interface WhatContext {
  texts: PageTexts;
  words: PathWords;
  definition: Definition;
  rounds: Round[];
  viewer: Viewer;
}

export interface FieldGroup {
  legend: string;
  explanation?: string;
  fields: FieldSpec[];
  /** What few people need: folded. */
  isFolded?: boolean;
}

/** The round that a draft names, among those that can be started. */
export const roundOf = ({ rounds }: WhatContext, { what }: StartDraft): Round | undefined =>
  rounds.find(({ key }) => key === what['round']);

export function whatGroups(context: WhatContext, draft: StartDraft): FieldGroup[] {
  const { texts } = context;
  const dates = dateFields(context, draft);
  const bodies = bodyFields(context);
  return [
    { legend: texts.text('start.what.about'), fields: aboutFields(context) },
    ...(dates.length === 0
      ? []
      : [{ legend: texts.text('start.what.dates'), explanation: texts.text('start.what.dates-hint'), fields: dates }]),
    { legend: texts.text('start.what.coordinator'), ...coordinatorFields(context) },
    {
      legend: texts.text('start.what.deputy'),
      explanation: texts.text('start.what.deputy-hint'),
      fields: personFields(context, 'deputy', false),
    },
    ...(bodies.length === 0
      ? []
      : [
          {
            legend: texts.text('start.what.bodies'),
            explanation: texts.text('start.what.bodies-hint'),
            fields: bodies,
            isFolded: true,
          },
        ]),
  ];
}

function aboutFields({ texts, words, definition, rounds }: WhatContext): FieldSpec[] {
  const hasRound = needsRound(definition);
  const label = (name: string): string => texts.text(`start.what.${name}`);
  const roundChoices = rounds.map(({ key, status }) => ({
    value: key,
    label:
      status === 'provisional'
        ? texts.text('start.what.provisional', { round: words.round(key).title })
        : words.round(key).title,
  }));
  const routes = definition.routes.map(({ key }) => ({ value: key, label: words.route(key).title }));
  return [
    {
      name: 'partnership',
      label: label('partnership'),
      hint: label('partnership-hint'),
      required: true,
      autocomplete: 'off',
    },
    { name: 'id', label: label('id'), hint: label('id-hint'), optional: true, autocomplete: 'off' },
    ...(definition.topic === 'given'
      ? [{ name: 'topic', label: label('topic'), hint: label('topic-hint'), required: true, autocomplete: 'off' }]
      : []),
    ...(hasRound
      ? [
          {
            name: 'round',
            label: label('round'),
            kind: 'select' as const,
            required: true,
            hint: label('round-hint'),
            choices: [{ value: '', label: label('choose-round') }, ...roundChoices],
          },
        ]
      : []),
    ...(routes.length > 0
      ? [
          {
            name: 'route',
            label: label('route'),
            kind: 'select' as const,
            hint: label('route-hint'),
            choices: [{ value: '', label: label('no-route') }, ...routes],
          },
        ]
      : []),
  ];
}

/** Dates that the path gives itself, with the day on which each falls when nothing is filled in. */
function dateFields(context: WhatContext, draft: StartDraft): FieldSpec[] {
  const { definition, texts, words } = context;
  const round = roundOf(context, draft);
  const own = Object.entries(definition.dates ?? {}).map(([name, rule]) => ({ name, rule, routes: [] as string[] }));
  const ofRoutes = new Map<string, { name: string; rule: OwnDate; routes: string[] }>();
  for (const route of definition.routes) {
    for (const [name, rule] of Object.entries(route.dates ?? {})) {
      const known = ofRoutes.get(name);
      if (known !== undefined) known.routes.push(route.key);
      else ofRoutes.set(name, { name, rule, routes: [route.key] });
    }
  }
  const all = [...own, ...ofRoutes.values()];
  const asked = conditionDates(round).filter((name) => !all.some((each) => each.name === name));
  const given = givenDates(draft.what);
  const chosen = draft.what['route'] ?? '';
  const dates = all.map(({ name, rule, routes }): FieldSpec => {
    const isGiven = rule === 'given';
    const ofRoute = definition.routes.find(({ key }) => key === chosen)?.dates?.[name];
    // On several routes it follows from another rule on each of them.
    const followed = ofRoute ?? (routes.length > 1 || isGiven ? undefined : rule);
    const usual = followed && ruleDate({ dates: given, ...(round && { round }) }, followed);
    const isOnSome = routes.length > 0 && routes.length < definition.routes.length;
    const hints = [
      isOnSome
        ? texts.text('start.what.only-route', { routes: joined(routes.map((key) => words.route(key).title)) })
        : '',
      isGiven
        ? texts.text('form.date-hint')
        : usual === undefined
          ? texts.text('start.what.date-later')
          : texts.text('start.what.date-usual', { day: fullDay(usual) }),
    ];
    return {
      ...{ name: `date.${name}`, label: capital(words.date(name)), kind: 'date' },
      hint: hints.filter(Boolean).join(' '),
      ...(isGiven ? { required: true } : { optional: true }),
    };
  });
  return [
    ...dates,
    ...asked.map((name): FieldSpec => ({
      ...{ name: `date.${name}`, label: capital(words.date(name)), kind: 'date', optional: true },
      hint: texts.text('start.what.date-condition'),
    })),
  ];
}

const givenDates = (what: WhatValues): Record<string, LocalDate> =>
  Object.fromEntries(
    Object.entries(what).flatMap(([name, text]) => {
      const day = name.startsWith('date.') ? parseDay(text) : undefined;
      return day === undefined ? [] : [[name.slice('date.'.length), day]];
    }),
  );

function personFields({ texts }: WhatContext, who: 'coordinator' | 'deputy', isNeeded: boolean): FieldSpec[] {
  const field = (
    part: 'Name' | 'Email' | 'Function' | 'Phone',
    key: string,
    more: Partial<FieldSpec> = {},
  ): FieldSpec => ({
    ...{ name: `${who}${part}`, label: texts.text(`start.person.${key}`), autocomplete: 'off' },
    ...more,
  });
  const need = isNeeded ? { required: true } : { optional: true };
  return [
    field('Name', 'name', need),
    field('Email', 'email', { kind: 'email', ...need }),
    field('Function', 'function', { optional: true }),
    field('Phone', 'phone', { kind: 'tel', optional: true }),
  ];
}

/** Who coordinates starts for themselves; an administrator names somebody. */
function coordinatorFields(context: WhatContext): { explanation: string; fields: FieldSpec[] } {
  const { viewer, texts } = context;
  const fields = personFields(context, 'coordinator', true);
  if (isAdministrator(viewer)) return { explanation: texts.text('start.what.coordinator-other'), fields };
  const explanation = texts.text('start.what.coordinator-self', { email: viewer.account.email });
  return { explanation, fields: fields.filter(({ name }) => name !== 'coordinatorEmail') };
}

/** The path's own bodies that meet now and then. */
const bodyFields = ({ definition, words, texts }: WhatContext): FieldSpec[] =>
  bodiesOf(definition, 'path')
    .filter((body) => definition.bodies[body]?.assumed.every === 'month')
    .map((body) => ({
      ...{ name: `sessions.${body}`, label: capital(words.body(body).title), kind: 'textarea', optional: true },
      hint: texts.text('start.what.sessions-hint'),
    }));
