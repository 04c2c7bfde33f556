/** Paths that live their years on the server that skips time: the examples, with what can happen on the way. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNullTransport } from '../../activities/transport.ts';
import { loadCourse } from '../../client/cli/region-input.ts';
import { simulateCourse } from '../../client/cli/simulate.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { KEYS_FILE } from './histories.ts';
import { keepHistories } from './keep.ts';

const example = (name: string): string => join(import.meta.dirname, '..', '..', 'examples', name);

/** Six municipalities: one joins, one leaves, two merge, it pauses, a contact is replaced, a date moves; and it is refused in the end. */
const restless = `
decision: { outcome: refused, reason: Onvoldoende spreiding. }
answers:
  - { party: Edegem, decision: declaration-of-intent, answer: adjourned, on: 2031-05-19, to: 2031-06-16 }
  - { party: Mortsel, decision: declaration-of-intent, answer: scheduled, on: 2031-05-27 }
commands:
  - { on: 2031-02-20, command: pause, data: { reason: Verkiezing van een voorzitter. } }
  - { on: 2031-03-20, command: resume, data: {} }
  - { on: 2031-05-22, command: merge-parties, data: { parties: [Hove, Lint], into: { party: Boechout, contact: { name: Griet Claes, email: griet.claes@boechout.example.org } }, reason: Fusie. } }
  - { on: 2031-05-26, command: move-deadline, data: { item: declaration-of-intent, to: 2031-07-15, reason: Na de fusie. } }
  - { on: 2031-06-02, command: add-party, data: { party: Wommelgem, contact: { name: Tom Leys, email: tom.leys@wommelgem.example.org }, approvals: { declaration-of-intent: keep } } }
  - { on: 2031-09-03, command: replace-contact, data: { party: Kontich, name: Rania Saidi, email: rania.saidi@kontich.example.org } }
  - { on: 2031-10-01, command: remove-party, data: { party: Wommelgem, reason: De raad ziet ervan af. } }
`;

/** Nobody answers, and in the end it is given up. */
const givenUp = `
default: none
commands:
  - { on: 2032-03-01, command: stop, data: { reason: De gemeenten gaan apart verder. } }
`;

const courses = [
  { region: 'cultuur-noordrand.yaml', answers: 'answers/bumpy.yaml' },
  { region: 'zuidrand.yaml', script: restless },
  { region: 'kamwind-fictief.yaml', script: givenUp },
  { region: 'een-beslissing.yaml', isEncrypted: true },
];

/**
 * Lives them one by one and keeps their histories.
 * @param scratch a folder for what is only needed meanwhile
 */
export async function recordCourses(folder: string, scratch: string, say: (line: string) => void): Promise<void> {
  for (const { region, answers, script, isEncrypted = false } of courses) {
    const file = join(scratch, region);
    if (script !== undefined) writeFileSync(file, script);
    const given = script === undefined ? answers && example(answers) : file;
    const course = loadCourse(example(region), given === undefined ? {} : { answers: given });
    const { outcome, refused } = await simulateCourse(course, createNullTransport(), async (client, keys) => {
      if (isEncrypted) writeFileSync(join(folder, KEYS_FILE), `${JSON.stringify(keys(), undefined, 2)}\n`);
      await keepHistories({ folder, ...(!isEncrypted && { keys }) }, client, workflowIdOf(course.start.id));
    });
    say(
      `${course.start.id}: ${outcome}${refused.map(({ command, code }) => `, ${command} refused (${code})`).join('')}`,
    );
  }
}
