/** The page of a region for its mayors: switched on, given another address, switched off. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { moment } from '../../dutch/format.ts';
import { formView } from '../forms/fields.ts';
import { PageError } from '../failures.ts';
import { first, queryOf } from '../forms/values.ts';
import { sendPage, sendTo, type Web } from '../web.ts';
import { frameOf, type OpenPath, openPath, type PathRequest, tabsOf } from './access.ts';
import { headOf } from './head.ts';
import { openForm } from './take.ts';

const changes = ['open', 'renew', 'close'] as const;
type Change = (typeof changes)[number];

export const shareAddress = ({ home }: Pick<OpenPath, 'home'>): string => `${home}/delen`;

/** The whole address, as it is copied into a mail. */
async function addressOf(web: Web, path: string, generation: number): Promise<string> {
  return `${web.origin}${web.base}/lezen/${await web.links.privateToken({ purpose: 'region', id: path, generation })}`;
}

async function sendShare(web: Web, reply: FastifyReply, open: OpenPath, isDone: boolean): Promise<FastifyReply> {
  const { dossier, session } = open;
  const { state, texts } = dossier;
  const title = texts.text('share.heading');
  const share = await web.store.regionShares.shareOf(state.id);
  const by = share && (await web.store.accounts.account(share.changedBy));
  const form = (change: Change) =>
    formView(
      {
        ...{ id: `delen-${change}`, action: shareAddress(open), submit: texts.text(`share.${change}`), fields: [] },
        ...{ hidden: { change }, isQuiet: change !== 'open' },
      },
      session.formToken,
    );
  const isOpen = share?.isOpen === true;
  const forms: Change[] = !open.mayChange ? [] : isOpen ? ['renew', 'close'] : ['open'];
  return sendPage(web, reply, 'share', frameOf(open, title), {
    ...headOf(dossier),
    tabs: tabsOf(open, 'none'),
    ...{ title, home: open.home, isDone, summary: undefined },
    address: isOpen ? await addressOf(web, state.id, share.generation) : undefined,
    look: `/regio/${encodeURIComponent(state.id)}`,
    since:
      share &&
      texts.text(isOpen ? 'share.since' : 'share.closed-since', {
        ...{ when: moment(share.changedAt), who: by?.name ?? texts.text('who.unknown') },
      }),
    forms: forms.map((change) => ({ explanation: texts.text(`share.${change}-explanation`), form: form(change) })),
  });
}

export function registerShare(app: FastifyInstance, web: Web): void {
  app.get('/paden/:path/delen', async (request: PathRequest, reply) =>
    sendShare(web, reply, await openPath(web, request), 'gedaan' in queryOf(request)),
  );
  app.post('/paden/:path/delen', async (request: PathRequest, reply) => {
    const { open, body } = await openForm(web, request);
    const change = changes.find((each) => each === first(body, 'change'));
    if (change === undefined) throw new PageError('bad-input');
    await web.store.regionShares[change](open.dossier.state.id, open.session.account.id);
    return sendTo(web, reply, `${shareAddress(open)}?gedaan`);
  });
}
