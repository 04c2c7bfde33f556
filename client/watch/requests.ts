/** How many requests were answered and how fast, by route: its pattern, never an address with what stands in it. */
import type { FastifyInstance } from 'fastify';
import type { Metric } from './exposition.ts';

/** Seconds. */
const BOUNDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

interface Tally {
  method: string;
  route: string;
  status: string;
  /** Requests up to each bound, not summed up. */
  within: number[];
  count: number;
  seconds: number;
}

export interface Requests {
  metric(): Metric;
}

/** Counts from now on, and writes one line for each request where the level of the log is `info`. */
export function countRequests(app: FastifyInstance): Requests {
  const tallies = new Map<string, Tally>();

  app.addHook('onResponse', (request, reply, done) => {
    const { method, params, routeOptions } = request;
    const route = routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1_000;
    const status = `${String(Math.floor(reply.statusCode / 100))}xx`;
    const key = `${method} ${route} ${status}`;
    const tally = tallies.get(key) ?? { method, route, status, within: BOUNDS.map(() => 0), count: 0, seconds: 0 };
    const bound = BOUNDS.findIndex((each) => seconds <= each);
    if (bound >= 0) tally.within[bound] = (tally.within[bound] ?? 0) + 1;
    tally.count += 1;
    tally.seconds += seconds;
    tallies.set(key, tally);
    const { path } = params as { path?: unknown };
    request.log.info(
      { method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), ...(isPathId(path) && { path }) },
      'answered',
    );
    done();
  });

  return {
    metric: () => ({
      name: 'regiopad_http_request_duration_seconds',
      help: 'Time to answer, by route.',
      type: 'histogram',
      samples: [...tallies.values()].flatMap(({ method, route, status, within, count, seconds }) => {
        const labels = { method, route, status };
        let sum = 0;
        const buckets = BOUNDS.map((bound, index) => {
          sum += within[index] ?? 0;
          return { suffix: '_bucket', labels: { ...labels, le: String(bound) }, value: sum };
        });
        return [
          ...buckets,
          { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
          { suffix: '_sum', labels, value: seconds },
          { suffix: '_count', labels, value: count },
        ];
      }),
    }),
  };
}

/** What stands in an address can be anything: only what has the form of a path's id is written down. */
const isPathId = (text: unknown): text is string => typeof text === 'string' && /^[a-z0-9][a-z0-9-]{0,62}$/.test(text);
