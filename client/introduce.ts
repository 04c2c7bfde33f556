/** Starting paths from region files: the people go to the store, the path to its workflow. */
import { type Region, type RegionPerson, toPathStart } from '../definitions/region.ts';
import type { NewcomerInput } from '../definitions/commands.ts';
import type { PathStart } from '../domain/events.ts';
import { type PathId, type PersonId, asInstant } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';

/** Makes somebody whom a command describes known to the store, and gives their id: a path holds ids only. */
export function introduceNewcomer(
  store: Store,
  path: PathId,
  { person, role, party }: NewcomerInput,
): Promise<PersonId> {
  const { role: title, ...named } = person;
  return store.people.ensurePerson({
    path,
    role,
    ...named,
    ...(party && { party }),
    ...(title && { function: title }),
  });
}

/** The reference region that most municipalities of a region lie in. */
function referenceRegionOf(region: Region): string | undefined {
  const counts = new Map<string, number>();
  for (const { facts } of region.file.municipalities) {
    if (facts.referenceRegion !== undefined)
      counts.set(facts.referenceRegion, (counts.get(facts.referenceRegion) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/**
 * Makes the people of a region known to the store, and gives what its path starts with. Saying it twice changes nothing.
 * Throws a StoreError `path-conflict` when the id belongs to another partnership.
 */
export async function introduceRegion(store: Store, region: Region): Promise<PathStart> {
  const draft = toPathStart(region.file, region.definition, region.round);
  const referenceRegion = referenceRegionOf(region);
  await store.paths.ensurePath({
    path: draft.start.id,
    partnership: region.file.partnership,
    ...(referenceRegion && { referenceRegion }),
    createdAt: asInstant(Date.now()),
  });
  const people = draft.people.map(({ id: _id, ...person }) => person);
  const ids = await store.people.ensurePeople(draft.start.id, people);
  const assign = (_person: Omit<RegionPerson, 'id'>, number: number): PersonId =>
    ids[number - 1] ?? draft.start.coordinator;
  return toPathStart(region.file, region.definition, region.round, assign).start;
}
