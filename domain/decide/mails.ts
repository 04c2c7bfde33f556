/** What comes back from mail servers, and what a coordinator says of an address that failed. */
import { returnReasons } from '../commands.ts';
import { kindOfKey } from '../message.ts';
import { correspondents } from '../reach.ts';
import { type Deciders, checkPerson, refuse } from './context.ts';

export const mails: Deciders<'return-mail' | 'confirm-address'> = {
  /** Refused as `nothing-changed` when it is known already, or when the person is written to no more. */
  'return-mail'({ state }, data) {
    const { key, to, why } = data;
    if (!returnReasons.includes(why)) return refuse('invalid-value', { field: 'why' });
    const isKey = typeof key === 'string' && key.startsWith(`${state.id}/${to}/`) && kindOfKey(key) !== undefined;
    if (!isKey) return refuse('invalid-value', { field: 'key' });
    const isKnown = why !== 'content' && state.unreachable[to] !== undefined;
    if (isKnown || state.undelivered.some((mail) => mail.key === key)) return refuse('nothing-changed');
    return correspondents(state).has(to) ? [{ type: 'mail-returned', data }] : refuse('nothing-changed');
  },

  'confirm-address'({ state }, data) {
    const wrong = checkPerson(data.person);
    if (wrong) return wrong;
    if (!Object.hasOwn(state.unreachable, data.person)) return refuse('nothing-changed');
    return [{ type: 'address-confirmed', data }];
  },
};
