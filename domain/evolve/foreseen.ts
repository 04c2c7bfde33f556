/** What was foreseen and said, and no longer is, can arise again: then it is said again. */
import { foreseenMisses } from '../foresight.ts';
import { FORESEEN_RULE, foreseenSubject, isForeseen, sentKey } from '../reminders.ts';
import type { PathState } from '../state.ts';

export function withoutPassedForesight(state: PathState): PathState {
  const told = Object.keys(state.sent).filter(isForeseen);
  if (told.length === 0) return state;
  const still = new Set(
    foreseenMisses(state).map(({ decision, party }) => sentKey(foreseenSubject(decision.key, party), FORESEEN_RULE)),
  );
  const passed = new Set(told.filter((key) => !still.has(key)));
  if (passed.size === 0) return state;
  return { ...state, sent: Object.fromEntries(Object.entries(state.sent).filter(([key]) => !passed.has(key))) };
}
