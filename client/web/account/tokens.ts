/** On one's own page: tokens for programs, made, listed and revoked. A token is shown once. */
import { addDays, daysBetween, instantOf, localDay } from '../../../domain/dates.ts';
import { asInstant, type LocalDate } from '../../../domain/ids.ts';
import type { AccountRole } from '../../../store/accounts.ts';
import type { ApiToken } from '../../../store/api-tokens.ts';
import { fullDay, moment } from '../../dutch/format.ts';
import { type FormSpec, formView, type Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import type { FormBody } from '../forms/values.ts';
import type { Session } from '../sign-in/session.ts';
import type { Web } from '../web.ts';

export const TOKEN_FORM = 'token';
const LONGEST_DAYS = 365;
const USUAL_DAYS = 90;
const LONGEST_NAME = 80;
const MOST_TOKENS = 20;

/** A reader has nothing that a program would ask for. */
export const mayHaveTokens = ({ role }: Session): boolean => role !== 'reader';

export async function tokensView(web: Web, session: Session, problem?: Problem) {
  const { texts } = web.pages;
  const now = web.clock();
  const tokens = await web.store.apiTokens.list(session.account.id);
  return {
    formToken: session.formToken,
    isOpen: problem?.form === TOKEN_FORM,
    form: formView(formSpec(web, session), session.formToken, problem),
    rows: tokens.map((token) => ({
      ...{ id: token.id, name: token.name, isOver: token.expiresAt <= now },
      role: texts.text(`account.role.${token.role}`),
      until: fullDay(lastDayOf(token)),
      lastUse: token.lastUsedAt === undefined ? undefined : moment(token.lastUsedAt),
      revoke: texts.text('account.tokens.revoke-one', { name: token.name }),
    })),
  };
}

function formSpec(web: Web, { role }: Session): FormSpec {
  const { texts } = web.pages;
  const today = localDay(web.clock());
  return {
    ...{ id: TOKEN_FORM, action: '/account/tokens', submit: texts.text('account.tokens.submit'), isQuiet: true },
    fields: [
      {
        ...{ name: 'name', label: texts.text('account.tokens.name'), required: true, autocomplete: 'off' },
        hint: texts.text('account.tokens.name-hint'),
      },
      {
        ...{ name: 'role', kind: 'select', label: texts.text('account.tokens.role'), required: true, value: 'reader' },
        choices: rolesFor(role).map((each) => ({
          value: each,
          label: texts.text(`account.tokens.as.${each === 'reader' ? each : 'own'}`),
        })),
      },
      {
        ...{ name: 'until', kind: 'date', label: texts.text('account.tokens.until'), required: true },
        ...{ hint: texts.text('account.tokens.until-hint'), value: addDays(today, USUAL_DAYS) },
      },
    ],
  };
}

const rolesFor = (role: AccountRole): AccountRole[] => ['reader', role];

/** A token lasts until its last day is over, in Brussels. */
const lastDayOf = ({ expiresAt }: ApiToken): LocalDate => localDay(asInstant(Date.parse(expiresAt) - 1));

/** Makes a token of what was filled in; else what is wrong with it. */
export async function makeToken(
  web: Web,
  session: Session,
  body: FormBody,
): Promise<{ name: string; token: string } | Problem> {
  const { account } = session;
  const reader = new FormReader(body, web.pages.texts);
  const today = localDay(web.clock());
  const name = reader.required('name', LONGEST_NAME);
  const role = reader.choice('role', rolesFor(session.role));
  const until = reader.day('until', { required: true });
  if (until !== undefined && until < today) reader.wrong('until', 'not-ahead');
  if (until !== undefined && daysBetween(today, until) > LONGEST_DAYS) reader.wrong('until', 'token-year');
  const known = await web.store.apiTokens.list(account.id);
  // Loading the page again would make another one.
  if (known.some((token) => token.name === name)) reader.wrong('name', 'token-name');
  if (known.length >= MOST_TOKENS) reader.wrong('name', 'token-most', { max: MOST_TOKENS });
  if (!reader.isComplete || role === undefined || until === undefined)
    return { form: TOKEN_FORM, body, errors: reader.errors };
  const expiresAt = instantOf(addDays(until, 1), 0);
  const { token } = await web.store.apiTokens.create({ account: account.id, name, role, expiresAt });
  return { name, token };
}
