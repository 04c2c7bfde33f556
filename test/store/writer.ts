/** One of several processes that open one store at the same moment and write the same things to it. */
import { openStore } from '../../store/store.ts';
import { requested } from '../core/world.ts';

const [place = '', name = '', startAt = '0'] = process.argv.slice(2);
const world = requested();
const path = world.state.id;
while (Date.now() < Number(startAt)) await new Promise((resolve) => setTimeout(resolve, 1));
const store = await openStore(place);
for (let count = 1; count <= 20; count += 1) {
  await store.people.ensurePerson({
    path,
    role: 'coordinator',
    name: `${name} ${String(count)}`,
    email: 'a@example.org',
  });
  await store.people.ensurePerson({
    path,
    role: 'coordinator',
    name: `Shared ${String(count)}`,
    email: 'b@example.org',
  });
}
for (const event of world.events) await store.events.recordEvents(path, [event]);
await store.close();
