/**
 * Figures in the text format of Prometheus, version 0.0.4: what `/metrics` answers. The one library for it on npm has had no
 * release for over a year, and this is all that is needed of it.
 */
export type Labels = Record<string, string>;

export interface Sample {
  labels?: Labels;
  value: number;
  /** For the lines of a histogram: `_bucket`, `_sum`, `_count`. */
  suffix?: string;
}

export interface Metric {
  /** Begins with `regiopad_`; seconds and bytes, as the convention of the format asks. */
  name: string;
  help: string;
  type: 'gauge' | 'counter' | 'histogram';
  samples: readonly Sample[];
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');

function line(name: string, { labels = {}, value, suffix = '' }: Sample): string {
  const named = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
  return `${name}${suffix}${named.length === 0 ? '' : `{${named.join(',')}}`} ${String(value)}`;
}

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export const exposition = (metrics: readonly Metric[]): string =>
  metrics
    .flatMap(({ name, help, type, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples.map((sample) => line(name, sample)),
    ])
    .join('\n') + '\n';
