/** Something that who coordinates has to do: a task, or sending the texts of a decision. */
import type { TaskItem } from '../../domain/message.ts';
import type { Phrases } from './phrases.ts';
import type { Section } from './section.ts';

export const taskSection = (words: Phrases, item: TaskItem): Section =>
  item.what === 'task' ? task(words, item) : ready(words, item);

function task({ t, dueDay, context, message }: Phrases, item: TaskItem): Section {
  const { title, explanation } = context.texts.task(item.item);
  return {
    title,
    paragraphs: explanation === undefined ? [] : [explanation],
    facts: [{ label: t('task.due'), value: t('task.due-value', { day: dueDay(item.dueOn) }) }],
    notes: item.dueOn < message.day ? [t('task.overdue')] : [],
  };
}

/** Several tasks: a line for each, and the page for the rest. */
export const tasksSection = ({ t, dueDay, context, message }: Phrases, items: readonly TaskItem[]): Section => ({
  title: t('task.several'),
  paragraphs: [],
  facts: items.map((item) => ({
    label: context.texts.task(item.item).title,
    value: t(item.dueOn < message.day ? 'task.due-past' : 'task.due-value', { day: dueDay(item.dueOn) }),
  })),
  notes: items.some((item) => item.dueOn < message.day) ? [t('task.overdue-several')] : [],
});

function ready(words: Phrases, item: TaskItem): Section {
  const { t, dueDay, context } = words;
  const said = { escalation: 'ready.too-late', overdue: 'ready.late' }[item.kind as string] ?? 'ready.open';
  return {
    title: t('ready.title', { decision: context.texts.decision(item.item).title }),
    paragraphs: [t(said, { decision: words.decision(item.item) })],
    facts: [{ label: t('ready.due'), value: t('ready.due-value', { day: dueDay(item.dueOn) }) }],
    notes: [],
  };
}
