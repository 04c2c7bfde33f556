/** Puts the nineteen regions into the store of a demo. Saying it twice changes nothing. */
import { openStore } from '../../store/store.ts';
import type { Config } from '../../worker/config.ts';
import { keepCalls } from './calls.ts';
import { openDesks } from './desks.ts';
import { noteDemo, openDemoFolder } from './folder.ts';
import { DEMO_NOW, liveRegion } from './live.ts';
import { keepNotes } from './notes.ts';
import { demoRegions } from './regions.ts';

/** @param say hears how far it is, line by line: it takes some seconds of a processor */
export async function fillDemo(
  config: Pick<Config, 'dataDir' | 'storeLocation' | 'mailFrom'>,
  say: (line: string) => void,
): Promise<void> {
  const mark = openDemoFolder(config.dataDir, Date.now());
  if (mark.isFilled) return;
  say(`Making ${String(demoRegions.length)} regions in ${config.dataDir}; this is done once …`);
  const store = await openStore(config.storeLocation, { now: () => DEMO_NOW });
  try {
    for (const region of demoRegions) {
      const place = { store, folder: config.dataDir, mailFrom: config.mailFrom };
      const { events } = await liveRegion(place, region);
      say(
        `${String(region.number).padStart(4)}  ${region.partnership} (${region.phase}, ${String(events.length)} events)`,
      );
    }
    const { consultants } = await openDesks(store);
    await keepCalls(store, consultants);
    const [author] = consultants;
    if (author !== undefined) await keepNotes(store, author);
  } finally {
    await store.close();
  }
  noteDemo(config.dataDir, { ...mark, isFilled: true });
}
