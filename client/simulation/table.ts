/** A simulation for a terminal: what happened when, and what was mailed. */
import { table } from '../report/table.ts';
import type { SimulationReport } from './report.ts';

const minute = (at: string): string => at.slice(0, 16).replace('T', ' ');

function about(data: object): string {
  const facts = data as Record<string, unknown>;
  const words = ['decision', 'task', 'item', 'party', 'answer', 'route', 'outcome', 'number'].flatMap((key) =>
    typeof facts[key] === 'string' ? [facts[key]] : [],
  );
  const results = facts['results'];
  return Array.isArray(results) ? `${String(results.length)} mails` : words.join(' ');
}

export function simulationTable(report: SimulationReport): string {
  const happenings = report.events.map((event) => [minute(event.at), event.type, event.actor.kind, about(event.data)]);
  const { runs, events, bytes } = report.history;
  return [
    table([['when', 'what', 'by', 'about'], ...happenings]),
    ...report.refused.map(
      ({ at, command, code, message }) => `${minute(at)}  ${command} refused (${code}): ${message}`,
    ),
    '',
    `outcome: ${report.outcome}, ${minute(report.from)} to ${minute(report.until)}, ${String(report.mails.length)} mails`,
    `history: ${String(events)} events, ${String(Math.round(bytes / 1024))} KiB, ${String(runs)} run(s)`,
  ].join('\n');
}
