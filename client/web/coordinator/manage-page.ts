/** What is seldom done: move dates, choose the route, pause, stop, reopen, add a municipality, hand over, open a task again. */
import type { FastifyReply } from 'fastify';
import { decisionsOf, municipalities, namedDates, tasksOf } from '../../../domain/lookup.ts';
import { decisionDue, taskDue } from '../../../domain/schedule.ts';
import { type Choice, confirmation, type FieldSpec, type FormView, type Problem, isWrong } from '../forms/fields.ts';
import { fullDay } from '../../dutch/format.ts';
import { isAdministrator } from '../../access/viewer.ts';
import { sendPage, type Web } from '../web.ts';
import { frameOf, type OpenPath, tabsOf } from './access.ts';
import { type CommandForms, approvalFields, commandForms } from './command-form.ts';
import { mergesField } from './field-names.ts';
import { contactFields, personFields } from './party-page.ts';
import { headOf } from './head.ts';
import { doneTasks } from './to-do.ts';

export const manageAddress = (open: OpenPath): string => `${open.home}/beheer`;

interface Part {
  heading: string;
  explanation: string;
  form: FormView;
}

export function sendManage(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  options: { isDone: boolean; problem?: Problem },
): FastifyReply {
  const { dossier } = open;
  const forms = commandForms(open, manageAddress(open), options.problem);
  const title = dossier.texts.text('path.tab.manage');
  const view = {
    ...headOf(dossier),
    tabs: tabsOf(open, 'manage'),
    ...{ title, home: open.home, isDone: options.isDone, mayChange: open.mayChange },
    dates: datesOf(open),
    parts: open.mayChange ? partsOf(open, forms) : [],
  };
  return sendPage(web, reply, 'manage', frameOf(open, title, isWrong(options.problem)), {
    ...view,
    summary: forms.summary(),
  });
}

/** Every date of the path that may still move: its own and its round's as long as they lie ahead, decisions, open tasks. */
function deadlines({ dossier: { state, words, today } }: OpenPath): (Choice & { day: string })[] {
  const dates = Object.entries(namedDates(state)).flatMap(([value, day]) =>
    day < today ? [] : [{ value, label: words.date(value), day }],
  );
  const decisions = decisionsOf(state).map((decision) => ({
    value: decision.key,
    label: words.decision(decision.key).title,
    day: decisionDue(state, decision),
  }));
  const tasks = tasksOf(state)
    .filter((task) => state.tasks[task.key] === undefined)
    .map((task) => ({ value: task.key, label: words.task(task.key).title, day: taskDue(state, task) }));
  return [...dates, ...decisions, ...tasks].map(({ value, label, day }) => ({ value, label, day: fullDay(day) }));
}

function datesOf(open: OpenPath) {
  const { state, words } = open.dossier;
  return Object.entries(namedDates(state))
    .sort(([, a], [, b]) => (a < b ? -1 : 1))
    .map(([key, day]) => ({ title: words.date(key), day: fullDay(day) }));
}

function partsOf(open: OpenPath, forms: CommandForms): Part[] {
  const { dossier, session } = open;
  const { state, texts, words } = dossier;
  const reason: FieldSpec = { name: 'reason', label: texts.text('answer.reason'), kind: 'textarea', required: true };
  const part = (key: string, form: FormView): Part => ({
    heading: texts.text(`manage.${key}.heading`),
    explanation: texts.text(`manage.${key}.explanation`),
    form,
  });
  const submit = (key: string): string => texts.text(`manage.${key}.submit`);
  const choose: Choice = { value: '', label: texts.text('manage.choose') };
  if (state.ending !== undefined) {
    const reopen = () => part('reopen', forms.form({ command: 'reopen', submit: submit('reopen'), fields: [reason] }));
    return isAdministrator(session) ? [reopen()] : [];
  }
  const done = doneTasks(dossier);
  const isPaused = state.paused !== undefined;
  return [
    part(
      'move',
      forms.form({
        ...{ command: 'move-deadline', submit: submit('move') },
        fields: [
          {
            ...{ name: 'item', label: texts.text('manage.item'), kind: 'select', required: true },
            choices: [
              choose,
              ...deadlines(open).map(({ value, label, day }) => ({ value, label: `${label} (${day})` })),
            ],
          },
          {
            name: 'to',
            label: texts.text('manage.to'),
            kind: 'date',
            hint: texts.text('form.date-hint'),
            required: true,
          },
          reason,
        ],
      }),
    ),
    ...(state.definition.routes.length === 0
      ? []
      : [
          part(
            'route',
            forms.form({
              ...{ command: 'choose-route', submit: submit('route') },
              fields: [
                {
                  ...{ name: 'route', label: texts.text('manage.route.route'), kind: 'select', required: true },
                  value: state.route ?? '',
                  choices: [
                    choose,
                    ...state.definition.routes.map(({ key }) => ({ value: key, label: words.route(key).title })),
                  ],
                },
              ],
            }),
          ),
        ]),
    part(
      'add-party',
      forms.form({
        ...{ command: 'add-party', submit: submit('add-party') },
        fields: [
          {
            name: 'municipality',
            label: texts.text('manage.add-party.municipality'),
            autocomplete: 'off',
            required: true,
          },
          ...contactFields(open),
          ...approvalFields(open),
        ],
      }),
    ),
    part('merge-parties', mergeForm(open, forms, reason)),
    ...(done.length === 0
      ? []
      : [
          part(
            'task',
            forms.form({
              ...{ command: 'reopen-task', submit: submit('task') },
              fields: [
                {
                  ...{ name: 'task', label: texts.text('manage.task.task'), kind: 'select', required: true },
                  choices: [choose, ...done.map(({ key }) => ({ value: key, label: words.task(key).title }))],
                },
                reason,
              ],
            }),
          ),
        ]),
    part(
      'coordinator',
      forms.form({ command: 'replace-coordinator', submit: submit('coordinator'), fields: personFields(open) }),
    ),
    isPaused
      ? part('resume', forms.form({ command: 'resume', submit: submit('resume') }))
      : part('pause', forms.form({ command: 'pause', submit: submit('pause'), fields: [reason] })),
    part(
      'stop',
      forms.form({
        ...{ command: 'stop', submit: submit('stop'), isQuiet: true },
        fields: [reason, confirmation(texts.text('manage.stop.confirm'))],
      }),
    ),
  ];
}

/** Boxes for who merges, then the successor: a new one with its contact, or one that takes part already. */
function mergeForm(open: OpenPath, forms: CommandForms, reason: FieldSpec): FormView {
  const { state, texts, words } = open.dossier;
  const boxes = municipalities(state).map(({ id }): FieldSpec => ({
    ...{ name: mergesField(id), kind: 'checkbox' },
    label: words.party(id),
  }));
  const contact = contactFields(open).map((field) => ({ ...field, required: false, optional: true }));
  return forms.form({
    ...{ command: 'merge-parties', submit: texts.text('manage.merge-parties.submit'), isQuiet: true },
    legend: texts.text('manage.merge-parties.legend'),
    fields: [
      ...boxes,
      { name: 'municipality', label: texts.text('manage.merge-parties.into'), autocomplete: 'off', required: true },
      ...contact,
      reason,
      ...approvalFields(open),
    ],
  });
}
