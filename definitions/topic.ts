/** What a path is about, where its definition leaves that open: the words of the region file stand in for `{topic}`. */
import type { Opened } from './read.ts';

export const topicExpected = 'de or het and what is decided, in the singular, like de statutenwijziging van 2028';

export interface Topic {
  article: 'de' | 'het';
  /** `statutenwijziging van 2028`, as in the middle of a sentence. */
  name: string;
}

/** The article and the name in `de statutenwijziging van 2028`; undefined for what has no article. */
export function readTopic(text: string): Topic | undefined {
  const [, article, name] = /^(de|het) +(\S.*)$/.exec(text) ?? [];
  return name === undefined ? undefined : { article: article === 'het' ? 'het' : 'de', name };
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('nl') + text.slice(1);

/** The words of a path with its topic in them: `{topic}`, `{Topic}` with a capital, `{article}` and `{Article}`. */
export function withTopic(opened: Opened, topic: Topic): Opened {
  const { name, article } = topic;
  const values: Record<string, string> = { topic: name, Topic: capital(name), article, Article: capital(article) };
  const fill = (node: unknown): unknown => {
    if (typeof node === 'string') return node.replace(/\{(\w+)\}/g, (all, key: string) => values[key] ?? all);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fill(value)]));
  };
  return { ...opened, raw: fill(opened.raw) };
}
