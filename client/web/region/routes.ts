/** The page of a region without personal data: for who has signed in and may read it, and for mayors who have its address. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asPathId } from '../../../domain/ids.ts';
import { mayRead } from '../../access/viewer.ts';
import { PageError } from '../failures.ts';
import { tidyToken } from '../security.ts';
import { accountFrame, requireSession } from '../sign-in/session.ts';
import { type FrameDetails, sendPage, type Web } from '../web.ts';
import { readRegion, type Region, regionView } from './view.ts';

type RegionRequest = FastifyRequest<{ Params: { path: string } }>;
type TokenRequest = FastifyRequest<{ Params: { token: string } }>;

const sendRegion = (
  web: Web,
  reply: FastifyReply,
  region: Region,
  frame: Pick<FrameDetails, 'account' | 'isDesk'>,
): FastifyReply => {
  const key = frame.account === undefined ? 'region.title-for-mayors' : 'region.title';
  const title = region.texts.text(key, { partnership: region.partnership });
  return sendPage(web, reply, 'region', { title, ...frame }, regionView(region));
};

/** Throws the page of an address that is not genuine, was renewed, or whose page is closed. */
async function sharedRegion(web: Web, token: string): Promise<Region> {
  const link = await web.links.verifyPrivate('region', tidyToken(token));
  if (link === undefined) throw new PageError('link-forged');
  const path = asPathId(link.id);
  const share = await web.store.regionShares.shareOf(path);
  if (share?.isOpen !== true) throw new PageError('region-page-closed');
  if (share.generation !== link.generation) throw new PageError('region-page-moved');
  const region = await readRegion(web, path);
  if (region === undefined) throw new PageError('region-page-closed');
  return region;
}

export function registerRegion(app: FastifyInstance, web: Web): void {
  app.get('/regio/:path', async (request: RegionRequest, reply) => {
    const session = await requireSession(web, request);
    const region = await readRegion(web, asPathId(request.params.path));
    const back = { action: { href: '/', label: web.pages.texts.text('site.overview') } };
    if (region === undefined) throw new PageError('unknown-path', back);
    if (!mayRead(session, region.state)) throw new PageError('forbidden', back);
    return sendRegion(web, reply, region, { account: accountFrame(session) });
  });

  app.get('/lezen/:token', async (request: TokenRequest, reply) => {
    // The address is the key: no other site hears of it. There are no forms here that would need to say where they come from.
    void reply.header('Referrer-Policy', 'no-referrer');
    return sendRegion(web, reply, await sharedRegion(web, request.params.token), { isDesk: true });
  });
}
