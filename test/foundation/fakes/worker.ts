import { announceReady, stopWhenAsked } from '../../../worker/lifecycle.ts';

// Stands for worker/main.ts: lives, and ends when asked.
const alive = setInterval(() => undefined, 60_000);
stopWhenAsked(() => {
  clearInterval(alive);
  return Promise.resolve();
});
announceReady();
