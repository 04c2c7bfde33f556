/** The figures of `/metrics`: of the store and the parts around it, and of this process. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Instant } from '../../domain/ids.ts';
import { clockComponents } from '../../store/health.ts';
import type { Store } from '../../store/store.ts';
import type { Metric, Sample } from './exposition.ts';
import type { PathWatch, WatchedPath } from './path-watch.ts';
import type { Requests } from './requests.ts';

export interface MetricsTools {
  store: Store;
  watch: PathWatch;
  requests: Requests;
  clock: () => Instant;
  /** Resolves when Temporal answers. */
  pingTemporal: () => Promise<void>;
}

const seconds = (from: Instant, to: Instant): number => Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000);
const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  ...{ name: `regiopad_${name}`, help, type: 'gauge', samples },
});
const counter = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  ...{ name: `regiopad_${name}`, help, type: 'counter', samples },
});

/** Parts whose health is noted by who uses them. */
const noted = ['mail', 'inbound'] as const;

/** The earliest of the moments that paths have one of. */
const firstOf = (paths: readonly WatchedPath[], moment: 'dueAt' | 'waitingSince'): Instant | undefined =>
  paths.flatMap((path) => path[moment] ?? []).sort()[0];

export function createMetrics({ store, watch, requests, clock, pingTemporal }: MetricsTools): () => Promise<Metric[]> {
  const delays = monitorEventLoopDelay({ resolution: 20 });
  delays.enable();

  return async () => {
    const [events, mails, paths, watched, healths, clocks, isReached] = await Promise.all([
      store.figures.events(),
      store.figures.mails(),
      store.figures.paths(),
      watch.look(),
      Promise.all(noted.map(async (component) => ({ component, health: await store.health.health(component) }))),
      store.health.clocks(),
      pingTemporal().then(
        () => true,
        () => false,
      ),
    ]);
    const now = clock();
    const next = firstOf(watched, 'dueAt');
    const oldest = firstOf(watched, 'waitingSince');
    const answers = events.find(({ type }) => type === 'answered')?.count ?? 0;
    const { heapUsed, rss } = process.memoryUsage();
    const nanoseconds = delays.percentile(99);
    delays.reset();
    return [
      gauge(
        'paths',
        'Paths, by status.',
        paths.map(({ status, count }) => ({ labels: { status }, value: count })),
      ),
      counter('answers_total', 'Answers of municipalities that are recorded.', [{ value: answers }]),
      counter(
        'events_total',
        'Recorded events, by type.',
        events.map(({ type, count }) => ({ labels: { type }, value: count })),
      ),
      counter(
        'mails_total',
        'Mails, by what the mail server said last.',
        mails.map(({ outcome, count }) => ({ labels: { outcome }, value: count })),
      ),
      gauge('mails_waiting', 'Mails that the mail server has not taken yet.', [
        { value: watched.reduce((sum, { waiting }) => sum + waiting, 0) },
      ]),
      gauge('mail_oldest_waiting_seconds', 'How long the oldest of them waits.', [
        { value: oldest === undefined ? 0 : seconds(oldest, now) },
      ]),
      gauge(
        'due_late_seconds',
        'How long ago something had to go out that did not; reminders have stopped when it grows.',
        [{ value: next === undefined ? 0 : seconds(next, now) }],
      ),
      gauge(
        'next_due_timestamp_seconds',
        'When something goes out next.',
        next === undefined ? [] : [{ value: Date.parse(next) / 1_000 }],
      ),
      gauge('component_ok', 'Whether a part works, as who uses it found: 1 or 0.', [
        { labels: { component: 'temporal' }, value: isReached ? 1 : 0 },
        ...healths.flatMap(({ component, health }) =>
          health === undefined ? [] : [{ labels: { component }, value: health.ok ? 1 : 0 }],
        ),
        ...clockComponents.flatMap((component) => {
          const all = clocks.filter((clock) => clock.component === component);
          return all.length === 0 ? [] : [{ labels: { component }, value: all.every(({ ok }) => ok) ? 1 : 0 }];
        }),
      ]),
      requests.metric(),
      gauge('process_heap_bytes', 'Memory in use by this process, heap only.', [{ value: heapUsed }]),
      gauge('process_resident_bytes', 'Memory of this process.', [{ value: rss }]),
      gauge('process_event_loop_delay_p99_seconds', 'How late this process was at its work since the last look.', [
        { value: Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0 },
      ]),
    ];
  };
}
