/** Addresses to ask for: the parameters of routes, all about one region. */
import { PATH, WEMMEL } from '../harness.ts';

export const MAIL = '1900000000000-0123456789ab';

const parameters: Record<string, string> = {
  path: PATH,
  party: WEMMEL,
  nis: '23102',
  municipality: '23102',
  decision: 'declaration-of-intent',
  version: '1',
  token: 'nonsense',
  id: MAIL,
  mail: 'none',
  draft: 'none',
  '*': 'none',
};

/** Where nothing is at the sample address: who may look is told that it is not there. */
export const madeUp: ReadonlySet<string> = new Set([
  // Of what one may not see there is no file.
  'GET /uitvoer/:table.:format',
  'GET *',
  ...['', '/identiteit', '/link', '/verwijderen'].map((form) => `POST /accounts/:id${form}`),
  'GET /accounts/:id',
  'GET /galerij/*',
  // Of a municipality that takes part in nothing of theirs.
  'GET /gemeenten/:nis',
  'GET /paden/:path/bestanden/:id',
  'GET /paden/:path/beslissingen/:decision/:party/wijzigingen',
  'POST /paden/:path/beslissingen/:decision/:party/wijzigingen',
  'POST /paden/:path/notities/weg',
  'GET /paden/:path/post/:mail',
  'GET /paden/:path/post/:mail/html',
  'POST /paden/:path/post/:mail/test',
  'POST /paden/:path/teksten/:decision/bijlagen/weg',
  'GET /paden/:path/teksten/:decision/ontwerp/:party/:version',
  'GET /paden/:path/teksten/:decision/sjabloon',
  ...['', '/gemeenten', '/vooruitblik'].flatMap((page) => [
    `GET /starten/:draft${page}`,
    `POST /starten/:draft${page}`,
  ]),
  'POST /starten/:draft/weg',
]);

/** Routes of which one address does not say enough. */
const several: Record<string, string[]> = {
  '*': ['/none'],
  '/uitvoer/:table.:format': [
    ...['regios.csv', 'antwoorden.json', 'termijnen.csv', 'personen.csv', 'personen.json'].map(
      (name) => `/uitvoer/${name}`,
    ),
    ...['gesprekken.csv', 'gesprekken.json', 'notities.csv', 'notities.json'].map((name) => `/uitvoer/${name}`),
    ...['personen', 'gesprekken', 'notities'].map((name) => `/uitvoer/${name}.csv?pad=${PATH}`),
  ],
};

export function placesOf(route: string): string[] {
  const filled = (): string =>
    route.replace(/:(\w+)|\*/g, (found: string, name: string | undefined) => {
      const value = parameters[name ?? found];
      if (value === undefined) throw new Error(`test/web/roles/places.ts has no value for ${found} of ${route}`);
      return encodeURIComponent(value);
    });
  return several[route] ?? [filled()];
}
