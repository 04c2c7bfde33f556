/** /accounts: who may sign in, for administrators; and a form for one more. */
import type { FastifyReply } from 'fastify';
import type { PathId } from '../../../domain/ids.ts';
import type { Account } from '../../../store/accounts.ts';
import { hasRegions } from '../../services/accounts.ts';
import { formView, isWrong, type Problem } from '../forms/fields.ts';
import { accountFrame, type Session } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';
import { accountForm, type Region, regionsThere } from './forms.ts';

export const NEW_FORM = 'account';
export const accountAddress = (id: string): string => `/accounts/${encodeURIComponent(id)}`;

export async function sendAccounts(
  web: Web,
  reply: FastifyReply,
  session: Session,
  { query = '', isRemoved = false, problem }: { query?: string; isRemoved?: boolean; problem?: Problem },
): Promise<FastifyReply> {
  const { texts } = web.pages;
  const [accounts, chosen, regions] = await Promise.all([
    web.store.accounts.accounts(),
    web.store.accounts.regions(),
    regionsThere(web),
  ]);
  const rows = accounts
    .map((account) => ({
      ...{ href: accountAddress(account.id), name: account.name, email: account.email },
      role: texts.text(`account.role.${account.role}`),
      regions: regionsText(web, account, chosen.get(account.id) ?? [], regions),
    }))
    .filter((row) => isFound(row, query))
    .sort((a, b) => a.name.localeCompare(b.name, 'nl'));
  const spec = { id: NEW_FORM, action: '/accounts', submit: texts.text('accounts.submit-new') };
  const title = texts.text('accounts.heading');
  const frame = {
    title: `${isWrong(problem) ? texts.text('form.title-prefix') : ''}${title}`,
    account: accountFrame(session),
    status: isWrong(problem) ? 422 : 200,
  };
  const view = {
    ...{ rows, query, count: rows.length, isOpen: problem !== undefined },
    done: isRemoved ? texts.text('accounts.done.removed') : undefined,
    form: formView(accountForm(web, spec, regions, {}), session.formToken, problem),
  };
  return sendPage(web, reply, 'accounts', frame, view);
}

function regionsText(web: Web, { role }: Account, own: readonly PathId[], regions: readonly Region[]): string {
  const { texts } = web.pages;
  if (role === 'administrator') return texts.text('accounts.regions-all');
  if (!hasRegions(role)) return texts.text('accounts.regions-own');
  const names = own.map((id) => regions.find((region) => region.id === id)?.partnership ?? id);
  return names.length === 0 ? texts.text('accounts.regions-none') : names.join(', ');
}

/** Every word of what is looked for stands somewhere in the row. */
const isFound = (row: object, query: string): boolean => {
  const text = Object.values(row).join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};
