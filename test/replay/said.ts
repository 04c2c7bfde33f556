/**
 * Notes what a run says to its activities and to the next run. It goes into the bundle of the tests beside the workflows, and commands
 * nothing: it changes no history.
 */
import { proxySinks, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

export interface Saying {
  /** An activity, or `next run`. */
  to: string;
  words: unknown[];
}
export type SaidSinks = { said: { note(saying: Saying): void } };

export const interceptors: WorkflowInterceptorsFactory = () => {
  const { said } = proxySinks<SaidSinks>();
  return {
    outbound: [
      {
        scheduleActivity(input, next) {
          said.note({ to: input.activityType, words: input.args });
          return next(input);
        },
        continueAsNew(input, next) {
          said.note({ to: 'next run', words: input.args });
          return next(input);
        },
      },
    ],
  };
};
