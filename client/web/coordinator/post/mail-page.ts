/** One mail to come: as it will be read, and what can be done about it. */
import type { FastifyReply } from 'fastify';
import { LINE_LENGTH } from '../../../../domain/mail-order.ts';
import { ordersOf, saysSame } from '../../../../domain/mail-orders.ts';
import { fullDay } from '../../../dutch/format.ts';
import { isWrong, type Problem } from '../../forms/fields.ts';
import { linked } from '../../mail-html.ts';
import { sendPage, type Web } from '../../web.ts';
import { frameOf, type OpenPath } from '../access.ts';
import { type CommandForms, commandForms } from '../command-form.ts';
import { type NamedMail, postAddress } from './forecast.ts';
import { rendered } from './render.ts';
import { ledgerOf, mailView } from './view.ts';

/** The field that says which mail a form is about. */
export const MAIL_FIELD = 'mail';

export async function sendPostMail(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  mail: NamedMail,
  options: { problem?: Problem; note?: string } = {},
): Promise<FastifyReply> {
  const { dossier, session } = open;
  const { texts } = dossier;
  const forms = commandForms(open, postAddress(dossier.state.id), options.problem);
  const view = await mailView(web, dossier, mail, await ledgerOf(web, dossier, [mail]));
  const words = await rendered(web, dossier, mail.message);
  const actions = open.mayChange ? actionsOf(open, mail, forms) : undefined;
  return sendPage(web, reply, 'post-mail', frameOf(open, view.subject, isWrong(options.problem)), {
    ...view,
    ...(actions ?? { ...nothing, cannot: dossier.texts.text('post.cannot.only-reading') }),
    summary: forms.summary(),
    back: postAddress(dossier.state.id),
    note: options.note,
    parts: words && linked(words.text),
    unmade: words === undefined,
    test:
      words === undefined || actions === undefined
        ? undefined
        : {
            ...{ action: `${view.href}/test`, formToken: session.formToken },
            hint: texts.text('post.test.hint', { address: session.account.email }),
          },
  });
}

const nothing = {
  ...{ release: undefined, hold: undefined, skip: undefined, now: undefined, line: undefined, removeLine: undefined },
};

/** What can be done about a mail now; what cannot, and why. */
function actionsOf({ dossier }: OpenPath, mail: NamedMail, forms: CommandForms) {
  const { texts, state } = dossier;
  const { message, what, status, tooEarlyUntil } = mail;
  if (what.length === 0) {
    const why = status === 'under-way' ? 'under-way' : message.items.some((item) => 'rule' in item) ? 'later' : 'fact';
    return { ...nothing, cannot: texts.text(`post.cannot.${why}`) };
  }
  const hidden = { to: message.to, what: JSON.stringify(what), [MAIL_FIELD]: mail.id };
  const form = (command: Parameters<CommandForms['form']>[0]['command'], fields: Fields = [], isQuiet = true) =>
    forms.form({ command, submit: texts.text(`post.${command}.submit`), fields, hidden, isQuiet });
  const isHeld = ordersOf(state).held.some((hold) => hold.to === message.to && what.some((key) => saysSame(key, hold)));
  const cannot =
    tooEarlyUntil !== undefined
      ? texts.text('post.cannot.too-early', { day: fullDay(tooEarlyUntil) })
      : state.retries[message.to] === undefined
        ? undefined
        : texts.text('post.cannot.other-under-way');
  const date = { kind: 'date' as const, hint: texts.text('form.date-hint'), optional: true };
  const line = ordersOf(state).lines.find(
    (each) => each.to === message.to && each.what.some((key) => what.some((one) => saysSame(one, key))),
  );
  return {
    release: isHeld ? form('release-mail', [], false) : undefined,
    hold: isHeld
      ? undefined
      : form('hold-mail', [{ name: 'until', label: texts.text('post.hold-mail.until'), ...date }]),
    skip: form('skip-mail', [{ name: 'reason', label: texts.text('answer.reason'), optional: true }]),
    now: cannot === undefined && state.paused === undefined ? form('send-mail-now') : undefined,
    line: form('add-line', [
      {
        ...{ name: 'text', label: texts.text('post.add-line.text'), kind: 'textarea', required: true },
        ...{ hint: texts.text('post.add-line.hint', { max: LINE_LENGTH }), value: line?.text ?? '' },
      },
    ]),
    removeLine: line === undefined ? undefined : form('remove-line'),
    cannot,
  };
}

type Fields = NonNullable<Parameters<CommandForms['form']>[0]['fields']>;
