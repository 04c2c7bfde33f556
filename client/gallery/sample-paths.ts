/** Paths of the examples as they are at some moment, so that the gallery's pages are made of states that a real path has. */
import { join } from 'node:path';
import { readAnswers, toScript } from '../../definitions/answers.ts';
import type { NewcomerInput } from '../../definitions/commands.ts';
import { type Problem, formatProblems } from '../../definitions/problem.ts';
import { readRegion, type Region } from '../../definitions/region.ts';
import type { Command } from '../../domain/commands.ts';
import { expectedScript, type Script } from '../../domain/course.ts';
import { asInstant, asLocalDate, asPathId, asPersonId, municipalityParty } from '../../domain/ids.ts';
import { runCourse } from '../../domain/plan.ts';
import type { PathState } from '../../domain/state.ts';
import type { Store } from '../../store/store.ts';
import { introduceNewcomer, introduceRegion } from '../introduce.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
export const asse = municipalityParty('23002');
export const wemmel = municipalityParty('23102');
export const meise = municipalityParty('23050');
export const londerzeel = municipalityParty('23045');
const START = asInstant(Date.parse('2031-01-06T08:00:00Z'));

interface SamplePath {
  id: string;
  partnership: string;
  /** The last day that the path has lived through. */
  until: string;
  /** What differs from the expected course, as in `examples/answers/bumpy.yaml` when it is `bumpy`. */
  script?: Partial<Script> | 'bumpy';
}

const said = (...commands: Command[]): Partial<Script> => ({
  commands: commands.map((command) => ({ on: asLocalDate('2031-05-09'), command })),
});
const scheduled = { party: asse, decision: 'declaration-of-intent', answer: 'scheduled' } as const;
const changed = {
  party: asse,
  decision: 'declaration-of-intent',
  answer: 'approved-with-changes',
  changes: 'Artikel 7: de bijdrage is 14.000 euro.',
} as const;
const merged = { parties: [meise, londerzeel], into: { party: meise }, reason: 'Deze gemeenten gaan samen.' };

/** Each is `examples/cultuur-noordrand.yaml`, further on or with other answers. */
const paths = {
  underWay: { id: 'noordrand-2033', partnership: 'Cultuur Noordrand', until: '2031-06-04', script: 'bumpy' },
  asked: {
    ...{ id: 'noordrand-gevraagd', partnership: 'Cultuur Noordrand (pas gevraagd)', until: '2031-05-12' },
    script: { answers: [{ ...scheduled, on: asLocalDate('2031-05-26') }] },
  },
  paused: {
    ...{ id: 'noordrand-pauze', partnership: 'Cultuur Noordrand (gepauzeerd)', until: '2031-05-12' },
    script: said({ type: 'pause', data: { reason: 'Wachten op het nieuwe decreet.' } }),
  },
  smaller: {
    ...{ id: 'noordrand-kleiner', partnership: 'Cultuur Noordrand (kleiner)', until: '2031-05-12' },
    script: {
      ...said(
        { type: 'remove-party', data: { party: wemmel, reason: 'De raad ziet ervan af.' } },
        { type: 'merge-parties', data: merged },
      ),
      answers: [{ ...changed, on: asLocalDate('2031-05-09') }],
    },
  },
  ended: { id: 'noordrand-toegekend', partnership: 'Cultuur Noordrand (toegekend)', until: '2034-01-01' },
} satisfies Record<string, SamplePath>;

export type SampleName = keyof typeof paths;
export type SamplePaths = Record<SampleName, PathState>;

/** Puts every sample in a store that is empty. */
export async function introduceSamples(store: Store): Promise<SamplePaths> {
  const file = join(examples, 'cultuur-noordrand.yaml');
  const read = readRegion(file);
  if (!read.ok) throw broken(read.problems);
  const live = (name: SampleName): Promise<PathState> => liveThrough(store, read.value, paths[name]);
  const [underWay, asked, paused] = [await live('underWay'), await live('asked'), await live('paused')];
  return { underWay, asked, paused, smaller: await live('smaller'), ended: await live('ended') };
}

async function liveThrough(store: Store, region: Region, sample: SamplePath): Promise<PathState> {
  const id = asPathId(sample.id);
  const own = { ...region, file: { ...region.file, id, partnership: sample.partnership } };
  const start = await introduceRegion(store, own);
  const newcomers: NewcomerInput[] = [];
  const script = sample.script === 'bumpy' ? bumpy(own, newcomers) : { ...expectedScript, ...sample.script };
  for (const newcomer of newcomers) await introduceNewcomer(store, id, newcomer);
  const until = asInstant(Date.parse(`${sample.until}T08:00:00Z`));
  const { events, refused, state } = runCourse(start, START, until, script);
  const [first] = refused;
  if (first !== undefined) throw new Error(`${id} refuses ${first.command}: ${first.refusal.code}`);
  await store.events.recordEvents(id, events);
  return state;
}

/** The people whom its commands bring in have the numbers after those of the region file. */
function bumpy({ file, definition }: Region, newcomers: NewcomerInput[]): Script {
  const parties = file.municipalities.map(({ party }) => party);
  const answers = readAnswers(join(examples, 'answers', 'bumpy.yaml'), { definition, parties });
  if (!answers.ok) throw broken(answers.problems);
  return toScript(answers.value, (input) => asPersonId(`${file.id}.new-${String(newcomers.push(input))}`));
}

const broken = (problems: Problem[]): Error => new Error(formatProblems(problems));
