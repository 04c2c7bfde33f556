/** What a file with a path or a round looks like. Strict: a key that is not known is an error, not a wish. */
import { z } from 'zod';
import { isLocalDate } from '../domain/dates.ts';
import {
  type Body,
  calendarPeriods,
  type Condition,
  type DateRule,
  type Decision,
  type Definition,
  type Law,
  type Notice,
  type OwnDate,
  type ReminderRule,
  type Round,
  type Route,
  type SessionRule,
  type Span,
  type Step,
  type Task,
} from '../domain/definition.ts';
import { asLocalDate } from '../domain/ids.ts';
import { expecting } from './issues.ts';

/** An object whose unknown keys are reported together with the keys that are known. */
export const strict = <Shape extends z.core.$ZodShape>(
  shape: Shape,
  what = 'a block of keys',
): z.ZodObject<Shape, z.core.$strict> =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? expecting(`one of ${Object.keys(shape).join(', ')}`).error
        : expecting(`${what} with ${Object.keys(shape).join(', ')}`).error,
  });

const dayText = 'a day that exists, written YYYY-MM-DD';
export const day = z.string(expecting(dayText)).refine(isLocalDate, expecting(dayText)).transform(asLocalDate);

/** Kebab-case, as in addresses and in the record. */
export const slug = (what: string, min = 1): z.ZodString =>
  z.string(expecting(what)).regex(new RegExp(`^(?=.{${String(min)},60}$)[a-z0-9]+(-[a-z0-9]+)*$`), expecting(what));

const key = slug('a key in kebab-case: lower-case letters, digits and hyphens');
const anchor = z
  .string(expecting('the name of a date, like closesOn'))
  .regex(/^[a-z][A-Za-z0-9]*$/, expecting('the name of a date, like closesOn'));
const wholeDays = z.int(expecting('a whole number of days'));
const wholeMonths = z.int(expecting('a whole number of months'));
const someMonths = wholeMonths.min(1, expecting('a number of months, 1 or more'));
const someDays = wholeDays.min(0, expecting('a number of days, 0 or more'));
const repeatDays = wholeDays.min(1, expecting('a number of days, 1 or more'));
const version = z.int(expecting('a version: 1, 2, 3, …')).min(1, expecting('a version: 1, 2, 3, …'));

const articleText = z
  .string(expecting('an article, like artikel 254'))
  .trim()
  .min(1, expecting('an article, like artikel 254'));

const dateRule: z.ZodType<DateRule> = strict(
  {
    anchor,
    months: wholeMonths.exactOptional(),
    days: wholeDays.exactOptional(),
    article: articleText.exactOptional(),
  },
  'a date',
);

const ownDate: z.ZodType<OwnDate> = z.union(
  [z.literal('given'), dateRule],
  expecting('given, or the date that it counts from: { anchor: …, days: … }'),
);

const notice: z.ZodType<Notice> = strict({ days: someDays, article: articleText.exactOptional() }, 'a notice');
const span: z.ZodType<Span> = strict(
  { months: someMonths.exactOptional(), days: someDays.exactOptional() },
  'a span',
).refine(({ months, days }) => months !== undefined || days !== undefined, expecting('months, days or both'));
const lawShape = { key, article: articleText };
const law: z.ZodType<Law> = z.discriminatedUnion(
  'kind',
  [
    strict({
      ...lawShape,
      kind: z.literal('window'),
      decision: key,
      span,
      notInElectionYear: z.boolean().exactOptional(),
    }),
    strict({ ...lawShape, kind: z.literal('before'), decision: key, anchor }),
    strict({
      ...lawShape,
      kind: z.literal('within'),
      from: key,
      to: key,
      span,
      isInformation: z.boolean().exactOptional(),
    }),
    strict({ ...lawShape, kind: z.literal('apart'), from: key, to: key, days: someDays }),
    strict({ ...lawShape, kind: z.literal('lasts'), from: key, span, covers: anchor.exactOptional() }),
    strict({ ...lawShape, kind: z.literal('done'), item: key, notInElectionYear: z.boolean().exactOptional() }),
  ],
  expecting('kind: one of window, before, within, apart, lasts, done'),
);

const weekday = z
  .int(expecting('a weekday from 1 (Monday) to 7 (Sunday)'))
  .min(1, expecting('a weekday from 1 (Monday) to 7 (Sunday)'))
  .max(7, expecting('a weekday from 1 (Monday) to 7 (Sunday)'));
const month = z
  .int(expecting('a month from 1 to 12'))
  .min(1, expecting('a month from 1 to 12'))
  .max(12, expecting('a month from 1 to 12'));
const nth = z.literal([1, 2, 3, 4, 5, -1], expecting('1 to 5, or -1 for the last'));

export const sessionRule: z.ZodType<SessionRule> = strict({
  every: z.enum(['week', 'month']),
  weekday,
  nth: nth.exactOptional(),
  exceptMonths: z.array(month).default([]),
  exceptPeriods: z.array(z.enum(calendarPeriods)).exactOptional(),
}).refine(
  (rule) => (rule.every === 'month') === (rule.nth !== undefined),
  expecting('nth with every: month, and only then'),
);

const body: z.ZodType<Body> = strict({
  per: z.enum(['municipality', 'path']),
  notice,
  leadDays: someDays,
  assumed: sessionRule,
});

const reminderRule: z.ZodType<ReminderRule> = strict({
  key,
  kind: z.enum(['reminder', 'overdue', 'escalation']),
  to: z
    .array(z.enum(['contact', 'deputy', 'coordinator']))
    .min(1, expecting('at least one of contact, deputy, coordinator')),
  anchor,
  days: wholeDays,
  repeatDays: repeatDays.exactOptional(),
  until: dateRule.exactOptional(),
});

const itemShape = {
  key,
  needs: z.array(key).default([]),
  routes: z.array(key).min(1, expecting('at least one route, or no routes at all')).exactOptional(),
  optional: z.boolean().exactOptional(),
};

/** Without `reminders` a task has the set called `task`. */
const task: z.ZodType<Task> = strict({
  ...itemShape,
  days: someDays,
  due: dateRule.exactOptional(),
  reminders: key.default('task'),
  kind: z.enum(['submission', 'outcome']).exactOptional(),
  expected: dateRule.exactOptional(),
});

const decision: z.ZodType<Decision> = strict({
  ...itemShape,
  body: key,
  document: key,
  due: dateRule,
  notice: notice.exactOptional(),
  askFrom: dateRule.exactOptional(),
  reminders: key,
});

const step: z.ZodType<Step> = strict({
  key,
  needs: z.array(key).default([]),
  routes: itemShape.routes,
  tasks: z.array(task).default([]),
  decisions: z.array(decision).default([]),
});

export const bodies = z.record(key, body);
export const reminders = z.record(key, z.array(reminderRule).min(1, expecting('at least one rule')));

const route: z.ZodType<Route> = strict({
  key,
  dates: z.record(anchor, dateRule).exactOptional(),
  laws: z.array(law).exactOptional(),
});

export const definitionSchema: z.ZodType<Definition> = strict({
  key,
  version,
  dates: z.record(anchor, ownDate).exactOptional(),
  topic: z.literal('given').exactOptional(),
  routes: z.array(route).default([]),
  bodies,
  reminders,
  roles: strict({ ready: key, call: key }),
  steps: z.array(step).min(1, expecting('at least one step')),
  closing: dateRule.exactOptional(),
});

/** The dates that every round gives; a definition may count from others too. */
export const roundDates = ['opensOn', 'closesOn', 'decisionBy', 'startsOn'] as const;

const positive = z.number(expecting('a number above 0')).positive(expecting('a number above 0'));
const wholeNumber = z.int(expecting('a whole number, 1 or more')).min(1, expecting('a whole number, 1 or more'));
const someKeys = z.array(key).min(1, expecting('at least one key of a task or decision'));
const conditionShape = { key, isDraft: z.boolean().exactOptional() };
const condition: z.ZodType<Condition> = z.discriminatedUnion(
  'kind',
  [
    strict({
      ...conditionShape,
      kind: z.literal('inhabitants'),
      atLeast: positive,
      orAdjoining: strict({ municipalities: wholeNumber, until: day }).exactOptional(),
    }),
    strict({ ...conditionShape, kind: z.literal('one-region') }),
    strict({
      ...conditionShape,
      kind: z.literal('contributions'),
      atLeast: positive.exactOptional(),
      ofSubsidy: strict({ share: positive, perInhabitant: positive, atLeast: positive }).exactOptional(),
    }),
    strict({
      ...conditionShape,
      kind: z.literal('applicant'),
      items: someKeys,
      expires: strict({ anchor, unless: key }).exactOptional(),
    }),
    strict({
      ...conditionShape,
      kind: z.literal('entry'),
      years: wholeNumber,
      anchor,
      unlessFounded: someKeys.exactOptional(),
    }),
  ],
  expecting('kind: one of inhabitants, one-region, contributions, applicant, entry'),
);

export const roundSchema: z.ZodType<Round> = strict({
  key,
  version,
  status: z.enum(['open', 'closed', 'provisional']),
  dates: z.intersection(
    z.looseObject({ opensOn: day, closesOn: day, decisionBy: day, startsOn: day }),
    z.record(anchor, day),
  ),
  conditions: z.array(condition).exactOptional(),
});
