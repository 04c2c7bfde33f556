/** One municipality over all paths that somebody follows: what is open there and by when, what it decided, who speaks for it. */
import type { FastifyReply } from 'fastify';
import { findMunicipality, municipalityName, predecessorsOf } from '../../../definitions/municipalities.ts';
import { municipalityParty, type PartyId } from '../../../domain/ids.ts';
import { concerned, decisionsOf, findAsk } from '../../../domain/lookup.ts';
import { askSchedule } from '../../../domain/schedule.ts';
import { mayChange, maySee } from '../../access/viewer.ts';
import type { BoardRow } from '../../board/board.ts';
import { fullDay, joined } from '../../dutch/format.ts';
import { standingText } from '../../dutch/standing-text.ts';
import { homeOfPath } from '../coordinator/access.ts';
import { gridCell } from '../coordinator/grid.ts';
import { type Dossier, readDossiers } from '../dossier.ts';
import { PageError } from '../failures.ts';
import { bodiesOf } from '../sessions/form.ts';
import { knownSessions } from '../sessions/known.ts';
import { accountFrame, type Session } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';

const SESSIONS_SHOWN = 4;

export async function sendMunicipality(
  web: Web,
  reply: FastifyReply,
  session: Session,
  nis: string,
): Promise<FastifyReply> {
  const { texts } = web.pages;
  const name = /^\d{5}$/.test(nis) ? municipalityName(nis) : undefined;
  const party = municipalityParty(nis);
  const back = { action: { href: '/gemeenten', label: texts.text('municipalities.heading') } };
  if (name === undefined) throw new PageError('not-found', back);
  const regions = await web.board.regions(session, { municipality: party });
  const found = findMunicipality(nis);
  // Of a municipality in nobody's path that the reader follows there is nothing to tell.
  if (regions.length === 0 && found.status === 'found') throw new PageError('not-found', back);
  const byPath = new Map(regions.map((region) => [region.path, region]));
  const paths = [];
  for await (const dossier of readDossiers(web, [...byPath.keys()])) {
    const region = byPath.get(dossier.state.id);
    const view = region && pathView(session, region, dossier, party);
    if (view !== undefined) paths.push(view);
  }
  const former = predecessorsOf(nis);
  const ended = found.status === 'ended' ? found.ended : undefined;
  return sendPage(
    web,
    reply,
    'municipality-paths',
    { title: name, account: accountFrame(session) },
    {
      ...{ name, paths },
      overline: found.status === 'found' ? `${found.municipality.region} · ${nis}` : nis,
      former: former.length === 0 ? undefined : texts.text('municipalities.former', { names: joined(former) }),
      ended: ended && {
        text: texts.text('municipalities.ended', { name, day: fullDay(ended.endedOn) }),
        href: `/gemeenten/${ended.successor.nis}`,
        successor: ended.successor.name,
      },
      count: texts.text('municipalities.paths', { count: paths.length }),
    },
  );
}

/** What is open at one path, what was decided, and the people for who may see them. */
function pathView(session: Session, region: BoardRow, dossier: Dossier, party: PartyId) {
  const taking = dossier.state.parties[party];
  if (taking === undefined) return undefined;
  const { texts, words, people, state, today } = dossier;
  const isOpen = maySee(session, region.circle);
  const person = (id: typeof taking.contact) => (id === undefined ? undefined : people.get(id));
  const asked = asksOf(dossier, party);
  return {
    partnership: region.partnership,
    href: homeOfPath(region.path),
    standing: standingText(region.standing, { texts, words, today }),
    party: `${homeOfPath(region.path)}/gemeenten/${party}`,
    isOpen,
    open: asked.filter(({ isSettled }) => !isSettled),
    settled: asked.filter(({ isSettled }) => isSettled),
    contact: isOpen ? person(taking.contact) : undefined,
    deputy: isOpen ? person(taking.deputy) : undefined,
    noContact: isOpen && taking.contact === undefined && state.ending === undefined,
    overdracht: mayChange(session, region.circle)
      ? `/overdracht?traject=${encodeURIComponent(region.path)}`
      : undefined,
    sessions: bodiesOf(dossier)
      .filter((body) => state.definition.bodies[body]?.assumed.every === 'month')
      .map((body) => ({
        title: words.body(body).title,
        days: knownSessions(dossier, taking, body).days.slice(0, SESSIONS_SHOWN),
      })),
  };
}

function asksOf(dossier: Dossier, party: PartyId) {
  const { state, words, texts, now } = dossier;
  return decisionsOf(state)
    .filter((decision) => concerned(state, decision).includes(party))
    .map((decision) => {
      const { dueOn, nextSession, nextCutoff, assumed } = askSchedule(state, decision, party, now);
      const status = findAsk(state, decision.key, party)?.status;
      const isSettled = status === 'approved' || status === 'waived';
      const days =
        nextSession === undefined || nextCutoff === undefined
          ? []
          : [
              texts.text(assumed ? 'municipalities.next-estimate' : 'municipalities.next', {
                session: fullDay(nextSession),
                cutoff: fullDay(nextCutoff),
              }),
            ];
      return {
        title: words.decision(decision.key).title,
        cell: gridCell(dossier, decision, party),
        isSettled,
        due: texts.text('municipalities.due', { day: fullDay(dueOn) }),
        days: status === 'rejected' || state.ending !== undefined ? [] : days,
      };
    });
}
