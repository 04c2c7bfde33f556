/** The region file of a demo region, as its coordinator might have written it. All people in it are invented. */
import { type DemoRegion, nameOf } from './regions.ts';
import { slug } from './slug.ts';

const firstNames = [
  ...['An', 'Bart', 'Carine', 'Dieter', 'Els', 'Fatima', 'Geert', 'Hilde', 'Ines', 'Joris', 'Karim', 'Leen', 'Marc'],
  ...['Nadia', 'Olivier', 'Petra', 'Rik', 'Sofie', 'Tom', 'Ursula', 'Veerle', 'Wim', 'Yasmina', 'Zoë'],
];
const lastNames = [
  ...['Aerts', 'Bogaert', 'Claes', 'De Clercq', 'El Amrani', 'Franssens', 'Goethals', 'Haddad', 'Impens', 'Janssens'],
  ...[
    'Koç',
    'Lambrecht',
    'Maes',
    'Nys',
    'Ooms',
    'Peeters',
    'Quintelier',
    'Roels',
    'Smets',
    'Thijs',
    'Van Hove',
    'Wuyts',
  ],
];
const functions = ['cultuurbeleidscoördinator', 'diensthoofd vrije tijd', 'bibliothecaris', 'algemeen directeur'];
/** With the day of their session in February 2032, all before the day of the demo. */
const earlySessions = ['eerste woensdag', 'tweede dinsdag', 'tweede donderdag', 'tweede maandag'];
const LATE = 'vierde maandag';

/** Somebody, the same for the same number. */
function person(number: number, place: string) {
  const first = firstNames[number % firstNames.length] ?? 'An';
  const last = lastNames[(number * 7 + Math.floor(number / 5)) % lastNames.length] ?? 'Aerts';
  const address = `${slug(first)}.${slug(last)}@${slug(place)}.example.org`;
  return { name: `${first} ${last}`, email: address, phone: `09 000 ${String(1000 + number)}` };
}

/** As `readRegion` reads it; JSON. */
export function regionFile(region: DemoRegion): object {
  const { number, id, municipalities, late = [], hasNoContacts = false } = region;
  return {
    ...{ id, partnership: nameOf(region), path: 'igs-cultuur', round: 'igs-cultuur-2033' },
    route: region.route ?? 'continue-existing',
    coordinator: { ...person(number * 31, id), role: 'regiocoördinator' },
    municipalities: municipalities.map((municipality, index) => ({
      municipality,
      ...(!hasNoContacts && { contact: contactOf(number * 17 + index * 3, municipality, index) }),
      ...(!hasNoContacts && index % 3 === 0 && { deputy: secretariat(municipality) }),
      contribution: 6_000 + ((number * 1_700 + index * 2_300) % 15_000),
      councilSessions: `${late.includes(municipality) ? LATE : (earlySessions[(number + index) % 4] ?? LATE)}, niet in juli en augustus`,
    })),
  };
}

const contactOf = (number: number, municipality: string, index: number) => ({
  ...person(number, municipality),
  role: functions[index % functions.length] ?? '',
});

const secretariat = (municipality: string) => ({
  ...{ name: `Secretariaat ${municipality}`, email: `secretariaat@${slug(municipality)}.example.org` },
  role: 'bestuurssecretariaat',
});
