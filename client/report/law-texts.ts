/** The English sentences about laws, by kind and finding; the Dutch ones are in the locale of the pages. */
import type { LawKind } from '../../domain/definition.ts';
import type { FindingOf } from '../../domain/law.ts';

export const lawTexts: { [Kind in LawKind]: Record<FindingOf[Kind], string> } = {
  window: {
    planned: 'all can decide on {item} between {from} and {until}',
    running: '{done} of {of} have decided on {item}; the others until {until}',
    met: 'all decided on {item} within the span from {from} to {until}',
    tight: '{blockers}: one session left for {item} between {from} and {until}',
    'no-session': '{blockers}: no session left for {item} until {until}',
    'no-window': 'no span takes in all for {item}; without a session in the best one: {blockers}',
    'planned-late': '{blockers}: {item} is planned after {until}, the last day of the span that began on {from}',
    rejected: '{blockers}: {item} was rejected',
    'election-year': '{blockers}: {item} would fall in a year of council elections',
    unreported: 'the span for {item} ended on {until}; what was decided is not known yet: {blockers}',
    late: 'all can decide on {item} between {from} and {until}, but what waits for it then misses its date',
    'too-late': '{blockers}: decided on {item} after {until}, the last day of the span that began on {from}',
    passed: 'the span for {item} ended on {until} without a decision of {blockers}',
  },
  before: {
    running: '{done} of {of} have decided on {item}; all must before {on}',
    met: 'all {of} decided on {item} before {on}',
    tight: '{done} of {of} have decided on {item}; one session left before {on}: {blockers}',
    'no-session': '{done} of {of} have decided on {item}; no session left before {on}: {blockers}',
    'planned-late': '{blockers}: {item} is planned for a session that does not come before {on}',
    rejected: '{blockers}: {item} was rejected; unless that changes before {on} it ends then',
    unreported: 'it ends on {on} unless it was decided in time; {item} is not reported yet: {blockers}',
    'too-late': '{blockers}: decided on {item} too late; it ended on {on}',
    passed: 'it ended on {on}: no decision on {item} of {blockers}',
    'no-date': 'all must decide on {item} in time, but the date is not known',
  },
  within: {
    planned: '{item} at the latest on {until}, counted from {start} on {from}',
    running: '{item} at the latest on {until}; {start} was on {from}',
    met: '{item} was done on {on}; {start} was on {from}',
    late: '{item} is expected on {on}, after its last day {until}',
    'too-late': '{item} was done on {on}, after its last day {until}',
    passed: '{item} was not done by its last day {until}',
    awaited: '{item} was due on {until}; it is not there yet',
  },
  apart: {
    planned: '{start} at the latest on {until}, for the session of {on}',
    running: '{start} was done on {from}, in time for the session of {on}',
    met: '{start} was done on {from}, in time for the session of {on}',
    late: '{start} comes too late for the session of {on}: its last day is {until}',
    'too-late': '{item} was decided on {on}; for that {start} had to be done by {until}',
    'no-session': 'no session is known in which {item} can be decided',
  },
  lasts: {
    planned: 'from {from} to {until} at the latest',
    met: 'from {from} to {until} at the latest',
    'ends-early': 'from {from} to {until} at the latest: that is before {on}',
    passed: 'ended on {until} at the latest',
  },
  done: {
    planned: '{item} is expected on {on}',
    running: '{done} of {of} have decided on {item}; expected on {on}',
    met: '{item} was done on {on}',
    rejected: '{blockers}: {item} was rejected',
    'election-year': '{item} on {on} falls in a year of council elections',
  },
};
