/** /accounts/:id: one account: what it may, its sign-in link, who it is at the identity provider, and removing it. */
import type { FastifyReply } from 'fastify';
import type { Account } from '../../../store/accounts.ts';
import { confirmation, formView, isWrong, type Problem } from '../forms/fields.ts';
import { accountFrame, type Session } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';
import { accountForm, regionsThere } from './forms.ts';
import { accountAddress } from './list-page.ts';

export const CHANGE_FORM = 'wijzigen';
export const REMOVE_FORM = 'verwijderen';
export const IDENTITY_FORM = 'identiteit';
export const oneDone = ['made', 'changed', 'sent', 'not-sent', 'linked', 'unlinked'] as const;
export type OneDone = (typeof oneDone)[number];

export async function sendOneAccount(
  web: Web,
  reply: FastifyReply,
  session: Session,
  account: Account,
  { done, problem }: { done?: string; problem?: Problem } = {},
): Promise<FastifyReply> {
  const { texts } = web.pages;
  const home = accountAddress(account.id);
  const [own, regions] = await Promise.all([web.store.accounts.regionsOf(account.id), regionsThere(web)]);
  const change = { id: CHANGE_FORM, action: home, submit: texts.text('accounts.submit-change') };
  const remove = {
    ...{ id: REMOVE_FORM, action: `${home}/verwijderen`, submit: texts.text('accounts.remove-submit'), isQuiet: true },
    fields: [confirmation(texts.text('accounts.remove-confirm'))],
  };
  const { formToken } = session;
  const known = oneDone.find((key) => key === done);
  const isProblem = isWrong(problem);
  const frame = {
    title: `${isProblem ? texts.text('form.title-prefix') : ''}${account.name} - ${texts.text('accounts.heading')}`,
    account: accountFrame(session),
    status: isProblem ? 422 : 200,
  };
  const view = {
    ...{ home, formToken, name: account.name, email: account.email },
    done: known === undefined ? undefined : texts.text(`accounts.done.${known}`),
    isWarning: known === 'not-sent',
    change: formView(accountForm(web, change, regions, { ...account, regions: own }), formToken, problem),
    identity: await identityView(web, session, account, problem),
    isSelf: account.id === session.account.id,
    remove: formView(remove, formToken, problem),
    isRemoving: problem?.form === REMOVE_FORM,
  };
  return sendPage(web, reply, 'account-one', frame, view);
}

/** Undefined without an identity provider. */
async function identityView(web: Web, { formToken }: Session, { id }: Account, problem: Problem | undefined) {
  if (web.oidc === undefined) return undefined;
  const { texts } = web.pages;
  const subjects = await web.store.identities.subjectsOf(id, web.oidc.issuer);
  const spec = {
    ...{ id: IDENTITY_FORM, action: `${accountAddress(id)}/identiteit`, isQuiet: true },
    submit: texts.text('accounts.identity-submit'),
    fields: [{ name: 'vo_id', label: texts.text('accounts.identity-label'), required: true, autocomplete: 'off' }],
  };
  return {
    formToken,
    action: spec.action,
    subjects: subjects.map((subject) => ({ subject, shown: subject.replace(/^\w+:/, '') })),
    form: formView(spec, formToken, problem),
  };
}
