/** The overview: every region that the reader follows, by steps, with what counts now. */
import type { FastifyReply } from 'fastify';
import { localDay } from '../../../domain/dates.ts';
import { namedDate } from '../../../domain/lookup.ts';
import type { PathId } from '../../../domain/ids.ts';
import { type Standing, standingOf } from '../../../domain/standing.ts';
import type { PathState } from '../../../domain/state.ts';
import type { OverviewRow } from '../../../store/overview.ts';
import { type Circle, maySee } from '../../access/viewer.ts';
import { type Cell, cellOf, closingText, standingText } from '../../dutch/standing-text.ts';
import { accountFrame, type Session } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';

interface Row {
  state: Circle & Pick<PathState, 'definition'>;
  topic: string | undefined;
  standing: Standing;
  cells: Cell[];
  counts: string;
  closing: string | undefined;
}

/** A row is worked out once for each version of a path and each day. */
type Known = Map<PathId, { version: string; row: Row }>;

export interface Overview {
  send(session: Session, reply: FastifyReply): Promise<FastifyReply>;
}

export function createOverviewPage(web: Web): Overview {
  const known: Known = new Map();

  async function rowOf({ path, seq }: OverviewRow): Promise<Row | undefined> {
    const now = web.clock();
    const today = localDay(now);
    const version = `${String(seq)}/${today}`;
    const found = known.get(path);
    if (found?.version === version) return found.row;
    const state = await web.store.snapshots.snapshot(path);
    if (state === undefined) return undefined;
    const { texts } = web.pages;
    const words = web.words(state.definition.key, state.topic);
    const { id, coordinator, definition, deputyCoordinator } = state;
    const standing = standingOf(state, now);
    const closes = namedDate(state, 'closesOn');
    const row: Row = {
      state: {
        ...{ id, coordinator, definition },
        ...(deputyCoordinator !== undefined && { deputyCoordinator }),
      },
      topic: words.topic,
      standing,
      cells: standing.steps.map((step) => cellOf(step, texts)),
      counts: standingText(standing, { texts, words, today }),
      closing: closes && closingText(closes, { texts, today }),
    };
    known.set(path, { version, row });
    return row;
  }

  return {
    async send(session, reply) {
      const { texts } = web.pages;
      const rows: { overview: OverviewRow; row: Row }[] = [];
      for (const overview of await web.store.overview.overview()) {
        const row = await rowOf(overview);
        if (row !== undefined && maySee(session, row.state)) rows.push({ overview, row });
      }
      const urgent = rows.filter(({ row }) => row.standing.weight === 2).length;
      const heading =
        rows.length === 0
          ? texts.text('overview.none')
          : `${texts.text('overview.regions', { count: rows.length })}: ${urgent === 0 ? texts.text('overview.calm') : texts.text('overview.urgent', { count: urgent })}`;
      const frame = { title: heading, account: accountFrame(session) };
      return sendPage(web, reply, 'overview', frame, { heading, groups: groupsOf(web, rows) });
    },
  };
}

/** One table for each definition and its round, if it has one: their steps are the columns. */
function groupsOf(web: Web, rows: { overview: OverviewRow; row: Row }[]) {
  const groups = new Map<string, typeof rows>();
  for (const each of rows) {
    const key = `${each.overview.definition.key} ${String(each.overview.definition.version)} ${each.overview.round?.key ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].map((members) => {
    const { definition, round } = members[0]?.overview ?? {};
    const words = web.words(definition?.key ?? '');
    const first = members[0]?.row;
    const sorted = members.toSorted((a, b) => b.row.standing.weight - a.row.standing.weight);
    const steps = (first?.state.definition.steps ?? []).map((step, index) => ({
      number: index + 1,
      title: words.step(step.key).short,
    }));
    return {
      title: round === undefined ? words.title : words.round(round.key).title,
      closing: first?.closing,
      steps,
      rows: sorted.map(({ overview, row }) => ({
        path: overview.path,
        partnership: overview.partnership,
        about: [row.topic, overview.referenceRegion].filter((text) => text !== undefined).join(' · '),
        cells: row.cells.map((cell, index) => ({ ...cell, ...(steps[index] ?? { number: 0, title: '' }) })),
        counts: row.counts,
        tone: ['calm', 'soon', 'late'][row.standing.weight] ?? 'calm',
        answers: row.standing.asked === 0 ? '–' : `${String(row.standing.approved)}/${String(row.standing.asked)}`,
      })),
    };
  });
}
