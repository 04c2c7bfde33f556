/** `regiopad rebuild`: derives snapshots and overview again from the permanent record. */
import { rebuild } from '../../store/rebuild.ts';
import { print } from './output.ts';
import { withStore } from './running.ts';

export async function rebuildStore(): Promise<void> {
  await withStore(async (store) => {
    const { paths, events } = await rebuild(store);
    print(`rebuilt ${String(paths)} paths from ${String(events)} events`);
  });
}
