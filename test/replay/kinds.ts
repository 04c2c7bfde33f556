/** Every kind of event that a path can have: what a recording has to hold. One that is added without a line here does not compile. */
import type { EventType, PathEvent } from '../../domain/events.ts';
import type { Saying } from './said.ts';

const kinds = {
  'path-started': true,
  answered: true,
  'answer-corrected': true,
  'evidence-added': true,
  'complaint-recorded': true,
  requested: true,
  'changes-accepted': true,
  waived: true,
  'task-completed': true,
  'task-reopened': true,
  'route-chosen': true,
  'party-added': true,
  'party-removed': true,
  'parties-merged': true,
  'party-changed': true,
  'contact-replaced': true,
  'deputy-replaced': true,
  'details-changed': true,
  'coordinator-replaced': true,
  'mail-returned': true,
  'address-confirmed': true,
  'body-changed': true,
  'deadline-moved': true,
  'round-applied': true,
  'definition-applied': true,
  paused: true,
  resumed: true,
  'submission-recorded': true,
  'decision-recorded': true,
  'mail-held': true,
  'mail-released': true,
  'mail-skipped': true,
  'mail-hurried': true,
  'line-added': true,
  'line-removed': true,
  stopped: true,
  reopened: true,
  closed: true,
  'mail-attempted': true,
} satisfies Record<EventType, true>;

/** The kinds of which nothing was handed to the record. */
export function missingKinds(sayings: readonly Saying[]): string[] {
  const recorded = sayings.filter(({ to }) => to === 'record');
  const events = recorded.flatMap(({ words }) => (words[0] as { events: PathEvent[] }).events);
  const found = new Set<string>(events.map(({ type }) => type));
  return Object.keys(kinds).filter((kind) => !found.has(kind));
}
