/** What was said in a demo region that differs from the expected course, by names instead of codes. */
import type { AnswerData, Command } from '../../domain/commands.ts';
import { expectedScript, type Script } from '../../domain/course.ts';
import { asLocalDate, type PartyId } from '../../domain/ids.ts';
import { slug } from './slug.ts';

/** The councils that meet late in the month meet on this day, a week after the day of the demo. */
export const LATE_SESSION = asLocalDate('2032-02-23');
/** An answer of this day is never heard: nobody speaks for this municipality. */
const NEVER = asLocalDate('2099-12-31');

export type Told =
  /** An answer of a municipality. */
  | {
      at: string;
      decision: string;
      answer: AnswerData['answer'];
      on: string;
      to?: string;
      changes?: string;
      reason?: string;
    }
  /** The culture plan and its agreement are on the agenda of the late session. */
  | { planned: string[] }
  /** Nobody answers. */
  | { silent: string[]; decision: string }
  /** Where the published decisions of these municipalities stand. */
  | { proof: string[]; decision: string; on: string }
  /** A word of who coordinates. */
  | { on: string; command: Command['type']; data: object };

const planned = ['culture-plan', 'leisure-agreement'];

/** @param partyOf the municipality with a name; throws for one that does not take part */
export function scriptOf(told: readonly Told[], partyOf: (name: string) => PartyId): Script {
  const answers = told.flatMap((one): AnswerData[] => {
    if ('planned' in one)
      return one.planned.flatMap((name) =>
        planned.map((decision) => ({ party: partyOf(name), decision, answer: 'scheduled', on: LATE_SESSION })),
      );
    if ('silent' in one)
      return one.silent.map((name) => ({
        ...{ party: partyOf(name), decision: one.decision, answer: 'approved', on: NEVER },
      }));
    if (!('at' in one)) return [];
    const { at, on, to, ...said } = one;
    return [{ ...said, party: partyOf(at), on: asLocalDate(on), ...(to !== undefined && { to: asLocalDate(to) }) }];
  });
  const commands = told.flatMap((one): Script['commands'] => {
    if ('command' in one)
      return [{ on: asLocalDate(one.on), command: { type: one.command, data: one.data } as Command }];
    if (!('proof' in one)) return [];
    const { decision, on, proof } = one;
    return proof.map((name) => {
      const reference = `https://besluiten.example.org/${slug(name)}/${decision}`;
      const data = { party: partyOf(name), decision, reference };
      return { on: asLocalDate(on), command: { type: 'add-evidence', data } };
    });
  });
  return { ...expectedScript, answers, commands };
}
