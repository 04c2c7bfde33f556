/** What an accessibility test looks at: a state of a page, and which routes of the application it belongs to. */
import type { Stage } from './stage.ts';

export interface Visit {
  /** Unique. */
  name: string;
  /** As the application registers them: `/m/p/:path/:nis`. */
  routes: string[];
  /** Brings the browser to the state. */
  open(stage: Stage): Promise<void>;
}
