/** Every workflow, by the name under which it is started: what goes into the bundle. */
export { housekeeping } from './housekeeping.ts';
export { path } from './path.ts';
