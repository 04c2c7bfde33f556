/**
 * Who may what, route by route: one line for each, in the order of the address. A route that is missing here fails
 * roles.test.ts by its name, so that who adds one decides. Everything is asked about one region, with the parameters of
 * `places.ts`: a new parameter gets a value there, and a route of which nothing is at that address a line in `madeUp`. What
 * is personal beyond a path's people (notes, calls) is made in `furnish` of `viewers.ts`.
 */
import type { Viewer } from './viewers.ts';

/** Who gets an answer; everybody else gets the page that says no, and nobody the page to sign in. */
export const circles = {
  /** Also who has not signed in. */
  anybody: [
    ...['nobody', 'reader elsewhere', 'reader', 'coordinator elsewhere', 'coordinator', 'deputy'],
    ...['consultant', 'administrator'],
  ],
  /** Whoever has signed in, about what is their own, or a list of what they may see. */
  account: [
    ...['reader elsewhere', 'reader', 'coordinator elsewhere', 'coordinator', 'deputy', 'consultant', 'administrator'],
  ],
  /** Whoever has signed in and may more than read. */
  worker: ['coordinator elsewhere', 'coordinator', 'deputy', 'consultant', 'administrator'],
  /** Where the region stands, without personal data. */
  readers: ['reader', 'coordinator', 'deputy', 'consultant', 'administrator'],
  /** The region with its people; also notes and calls. */
  people: ['coordinator', 'deputy', 'consultant', 'administrator'],
  /** Who may change it. */
  change: ['coordinator', 'deputy', 'administrator'],
  /** Who may start a path, or takes contacts over for the paths that are theirs. */
  start: ['coordinator elsewhere', 'coordinator', 'deputy', 'administrator'],
  administrator: ['administrator'],
  /** Only with the link of a contact, or a private address: an account is of no use. */
  link: [],
} as const satisfies Record<string, readonly Viewer[]>;

export type Circle = keyof typeof circles;

export const table: Record<string, Circle> = {
  'GET /': 'account',
  'GET /aanmelden': 'anybody',
  'POST /aanmelden': 'anybody',
  'GET /aanmelden/verstuurd': 'anybody',
  'GET /aanmelden/:token': 'link',
  'POST /aanmelden/:token': 'link',
  'POST /afmelden': 'anybody',
  'GET /account': 'account',
  'POST /account/agenda': 'account',
  'POST /account/sessies': 'account',
  'POST /account/tokens': 'worker',
  'POST /account/tokens/intrekken': 'account',
  'POST /account/weekoverzicht': 'worker',
  'GET /agenda/:token': 'link',
  'GET /api/v1/definitions': 'account',
  'GET /api/v1/openapi.json': 'anybody',
  'GET /api/v1/paths': 'account',
  'GET /api/v1/paths/:path': 'readers',
  'GET /api/v1/paths/:path/asks': 'readers',
  'POST /api/v1/paths/:path/commands': 'change',
  'POST /api/v1/paths/:path/commands/preview': 'change',
  'GET /api/v1/paths/:path/events': 'people',
  'GET /api/v1/paths/:path/mails': 'people',
  'GET /api/v1/paths/:path/people': 'people',
  'GET /api/v1/problems': 'anybody',
  'GET /api/v1/rounds': 'account',
  'GET /bellen': 'worker',
  'POST /bellen/:path': 'people',
  'GET /digest/:token': 'link',
  'POST /digest/:token': 'link',
  'GET /galerij': 'anybody',
  'GET /galerij/*': 'administrator',
  'GET /komende-weken': 'account',
  'GET /m/:token': 'link',
  'GET /m/code': 'anybody',
  'POST /m/code': 'anybody',
  'GET /m/doorgegeven': 'anybody',
  'GET /m/p/:path/:nis': 'link',
  'POST /m/p/:path/:nis/antwoord': 'link',
  'GET /m/p/:path/:nis/bestanden/:id': 'link',
  'POST /m/p/:path/:nis/bewijs': 'link',
  'GET /m/p/:path/:nis/collega': 'link',
  'POST /m/p/:path/:nis/collega': 'link',
  'GET /m/p/:path/:nis/gegevens': 'link',
  'POST /m/p/:path/:nis/gegevens': 'link',
  'POST /m/p/:path/:nis/gewijzigd': 'link',
  'GET /m/p/:path/:nis/ontwerp/:decision/:version': 'link',
  'POST /m/p/:path/:nis/plaatsvervanger': 'link',
  'GET /m/p/:path/:nis/zittingen': 'link',
  'POST /m/p/:path/:nis/zittingen': 'link',
  // Whoever sits at this machine: a trial without a mail server.
  'GET /mailbox': 'anybody',
  'GET /mailbox/:id': 'anybody',
  'POST /mailbox/:id/antwoord': 'anybody',
  'GET /mailbox/:id/html': 'anybody',
  'GET /paden/:path': 'people',
  'POST /paden/:path': 'change',
  'GET /paden/:path/beheer': 'people',
  'POST /paden/:path/beheer': 'change',
  'GET /paden/:path/beslissingen/:decision/:party': 'people',
  'POST /paden/:path/beslissingen/:decision/:party': 'change',
  'POST /paden/:path/beslissingen/:decision/:party/antwoord': 'change',
  'GET /paden/:path/beslissingen/:decision/:party/wijzigingen': 'people',
  'POST /paden/:path/beslissingen/:decision/:party/wijzigingen': 'change',
  'GET /paden/:path/bestanden/:id': 'people',
  'GET /paden/:path/dossier': 'people',
  'GET /paden/:path/dossier/archief.zip': 'people',
  'POST /paden/:path/dossier/checklist': 'change',
  'GET /paden/:path/dossier/kiosk.zip': 'people',
  'POST /paden/:path/dossier/ontvangst': 'change',
  'GET /paden/:path/dossier/overzicht.pdf': 'people',
  'GET /paden/:path/gemeenten/:party': 'people',
  'POST /paden/:path/gemeenten/:party': 'change',
  'GET /paden/:path/logboek': 'people',
  'GET /paden/:path/mails': 'people',
  'GET /paden/:path/muur': 'people',
  'GET /paden/:path/post': 'people',
  'POST /paden/:path/post': 'change',
  'GET /paden/:path/post/:mail': 'people',
  'GET /paden/:path/post/:mail/html': 'people',
  'POST /paden/:path/post/:mail/test': 'change',
  'GET /paden/:path/teksten': 'people',
  'GET /paden/:path/teksten/:decision': 'people',
  'POST /paden/:path/teksten/:decision/bijlagen': 'change',
  'POST /paden/:path/teksten/:decision/bijlagen/weg': 'change',
  'GET /paden/:path/teksten/:decision/ontwerp/:party/:version': 'people',
  'GET /paden/:path/teksten/:decision/sjabloon': 'people',
  'POST /paden/:path/teksten/:decision/sjabloon': 'change',
  'GET /paden/:path/teksten/:decision/voorbeeld/:party/:version': 'people',
  'GET /paden/:path/voorwaarden': 'people',
  'POST /paden/:path/voorwaarden': 'change',
  'GET /toegankelijkheid': 'anybody',
  'GET /uitvoer/:table.:format': 'account',
  // For machines, and for what is not there.
  'GET /favicon.ico': 'anybody',
  'GET /healthz': 'anybody',
  'GET /readyz': 'anybody',
  'GET /robots.txt': 'anybody',
  'GET *': 'anybody',
};
