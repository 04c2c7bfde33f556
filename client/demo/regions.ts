/**
 * The nineteen partnerships for culture that the Minister recognised in 2019 (OP/TIL, October 2025), as they might stand six weeks
 * before the round of 2033 closes. Their names are real. The members of Cultuur Noordrand and Streekvereniging Zuidrand are those of
 * the examples; for the others the source names none or one, and what stands here is a choice: real municipalities of one reference
 * region, put together for this demo. Every person, address, amount, meeting day and answer is invented.
 */
import type { RouteKey } from '../../domain/definition.ts';
import type { Told } from './script.ts';

/** Where a region is on the day of the demo. */
export type Phase =
  | 'on-course'
  | 'waiting'
  | 'late'
  | 'rejected'
  | 'changed'
  | 'bounced'
  | 'paused'
  | 'just-started'
  | 'submitted'
  | 'refused'
  | 'stopped';

export interface DemoRegion {
  /** The number in the source. */
  number: number;
  id: string;
  partnership: string;
  phase: Phase;
  municipalities: string[];
  /** Their councils meet late in the month: on 23 February 2032, after the day of the demo. The others met on the days before. */
  late?: string[];
  /** Default `continue-existing`. */
  route?: RouteKey;
  /** Default 6 January 2031, when the round opens. */
  startsOn?: string;
  hasNoContacts?: true;
  /** The members are those of the partnership: nothing is marked as invented. */
  hasOwnMembers?: true;
  /** What differs from the expected course. */
  told?: Told[];
  /** The reader at this municipality got no mail: it came back on the last working day. */
  bouncedAt?: string;
}

const PLAN = 'culture-plan';
const rejectedWhy = 'De raad wil eerst weten wat de nieuwe bijdrage voor de meerjarenplanning betekent.';

export const demoRegions: DemoRegion[] = [
  {
    ...{ number: 1, id: 'ginter', partnership: 'Ginter', phase: 'stopped' },
    municipalities: ['Kluisbergen', 'Kruisem', 'Maarkedal', 'Oudenaarde', 'Ronse'],
    told: [{ on: '2031-03-10', command: 'stop', data: { reason: 'Ginter stopt met zijn werking.' } }],
  },
  {
    ...{ number: 2, id: 'ijzervallei', partnership: 'Cultuuroverleg Ijzervallei', phase: 'on-course' },
    municipalities: ['Diksmuide', 'Houthulst', 'Koekelare', 'Kortemark', 'Lo-Reninge'],
  },
  {
    ...{ number: 3, id: 'viertoren', partnership: 'Viertoren', phase: 'just-started' },
    municipalities: ['Beernem', 'Jabbeke', 'Oostkamp', 'Torhout', 'Zedelgem'],
    ...{ startsOn: '2032-02-09', hasNoContacts: true },
  },
  {
    ...{ number: 4, id: 'co7', partnership: 'CO7', phase: 'waiting' },
    municipalities: ['Heuvelland', 'Ieper', 'Langemark-Poelkapelle', 'Mesen', 'Poperinge', 'Vleteren', 'Zonnebeke'],
    late: ['Ieper', 'Poperinge', 'Zonnebeke'],
    told: [
      { planned: ['Ieper', 'Poperinge', 'Zonnebeke'] },
      { proof: ['Heuvelland', 'Ieper', 'Mesen'], decision: 'extension', on: '2031-12-01' },
    ],
  },
  {
    ...{ number: 5, id: 'midwest', partnership: 'Midwest', phase: 'waiting' },
    municipalities: [
      ...['Ardooie', 'Hooglede', 'Ingelmunster', 'Izegem', 'Ledegem', 'Lichtervelde', 'Moorslede', 'Oostrozebeke'],
      ...['Pittem', 'Roeselare', 'Staden', 'Tielt', 'Wielsbeke', 'Wingene'],
    ],
    late: ['Izegem', 'Moorslede', 'Roeselare', 'Tielt'],
    told: [{ planned: ['Izegem', 'Moorslede', 'Roeselare', 'Tielt'] }],
  },
  {
    ...{ number: 6, id: 'zuidwest', partnership: 'Zuidwest', phase: 'waiting' },
    municipalities: [
      ...['Anzegem', 'Avelgem', 'Deerlijk', 'Harelbeke', 'Kortrijk', 'Kuurne', 'Lendelede', 'Menen', 'Spiere-Helkijn'],
      ...['Waregem', 'Wervik', 'Wevelgem', 'Zwevegem'],
    ],
    late: ['Waregem', 'Menen'],
    told: [
      { planned: ['Waregem', 'Menen'] },
      { at: 'Kortrijk', decision: PLAN, answer: 'adjourned', on: '2032-02-09', to: '2032-03-08' },
    ],
  },
  {
    ...{ number: 7, id: 'leie-schelde', partnership: 'Cultuurregio Leie Schelde', phase: 'changed' },
    municipalities: ['Deinze', 'Gavere', 'Merelbeke-Melle', 'Nazareth-De Pinte', 'Sint-Martens-Latem', 'Zulte'],
    told: [
      {
        ...{ at: 'Deinze', decision: PLAN, answer: 'approved-with-changes', on: '2032-02-10' },
        changes: 'Hoofdstuk 4: ook de academies worden bij het leesproject betrokken.',
      },
    ],
  },
  {
    ...{ number: 8, id: 'route-42', partnership: 'Route 42', phase: 'late' },
    municipalities: ['Brakel', 'Herzele', 'Lierde', 'Sint-Lievens-Houtem', 'Zottegem', 'Zwalm'],
    startsOn: '2031-05-05',
  },
  {
    ...{ number: 9, id: 'zender', partnership: 'Zender', phase: 'bounced' },
    municipalities: ['Beersel', 'Dilbeek', 'Halle', 'Lennik', 'Pajottegem', 'Pepingen', 'Sint-Pieters-Leeuw'],
    late: ['Dilbeek', 'Halle', 'Lennik'],
    told: [{ planned: ['Dilbeek', 'Lennik'] }],
    bouncedAt: 'Halle',
  },
  {
    ...{ number: 10, id: 'noordrand', partnership: 'Cultuur Noordrand', phase: 'waiting' },
    municipalities: [
      ...['Asse', 'Grimbergen', 'Kampenhout', 'Kapelle-op-den-Bos', 'Londerzeel', 'Machelen', 'Meise', 'Merchtem'],
      ...['Opwijk', 'Steenokkerzeel', 'Vilvoorde', 'Wemmel', 'Zaventem'],
    ],
    hasOwnMembers: true,
    late: ['Asse', 'Merchtem', 'Opwijk', 'Zaventem'],
    told: [
      { planned: ['Asse', 'Merchtem', 'Opwijk', 'Zaventem'] },
      { proof: ['Asse', 'Grimbergen', 'Meise', 'Vilvoorde', 'Wemmel'], decision: 'extension', on: '2031-12-01' },
      { at: 'Wemmel', decision: 'declaration-of-intent', answer: 'adjourned', on: '2031-05-13', to: '2031-06-10' },
    ],
  },
  {
    ...{ number: 11, id: 'druivenstreek', partnership: 'Vrijtijdsregio Druivenstreek', phase: 'submitted' },
    municipalities: ['Bertem', 'Hoeilaart', 'Huldenberg', 'Overijse', 'Tervuren'],
    told: [{ on: '2032-02-13', command: 'record-submission', data: { number: 'K-2032-00117', on: '2032-02-13' } }],
  },
  {
    ...{ number: 12, id: 'de-merode', partnership: 'de Merode', phase: 'late' },
    municipalities: ['Herselt', 'Hulshout', 'Laakdal', 'Meerhout', 'Westerlo'],
    late: ['Laakdal'],
    told: [
      { at: 'Hulshout', decision: PLAN, answer: 'adjourned', on: '2032-02-04' },
      { silent: ['Laakdal'], decision: PLAN },
    ],
  },
  {
    ...{ number: 13, id: 'ecru', partnership: 'ECRU', phase: 'refused' },
    municipalities: ['Bekkevoort', 'Diest', 'Geetbets', 'Kortenaken', 'Scherpenheuvel-Zichem', 'Zoutleeuw'],
    told: [
      { on: '2032-02-12', command: 'record-submission', data: { number: 'K-2032-00098', on: '2032-02-12' } },
      {
        ...{ on: '2032-02-13', command: 'record-decision' },
        data: { outcome: 'refused', on: '2032-02-13', reason: 'Niet ontvankelijk: minder dan 85.000 inwoners.' },
      },
    ],
  },
  {
    ...{ number: 14, id: 'stuifzand', partnership: 'Stuifzand', phase: 'paused' },
    municipalities: ['Arendonk', 'Balen', 'Dessel', 'Mol', 'Oud-Turnhout', 'Ravels', 'Retie'],
    told: [
      { on: '2032-01-19', command: 'pause', data: { reason: 'De besturen bespreken eerst een fusie met Neteland.' } },
    ],
  },
  {
    ...{ number: 15, id: 'neteland', partnership: 'Neteland', phase: 'on-course' },
    municipalities: ['Grobbendonk', 'Herentals', 'Herenthout', 'Olen', 'Vorselaar'],
  },
  {
    ...{ number: 16, id: 'zuidrand', partnership: 'Streekvereniging Zuidrand', phase: 'on-course' },
    municipalities: ['Aartselaar', 'Edegem', 'Hove', 'Kontich', 'Lint', 'Mortsel'],
    hasOwnMembers: true,
  },
  {
    ...{ number: 17, id: 'dijk92', partnership: 'Dijk92', phase: 'rejected' },
    municipalities: ['Aalst', 'Denderleeuw', 'Erpe-Mere', 'Geraardsbergen', 'Haaltert', 'Lede', 'Ninove'],
    late: ['Aalst', 'Lede'],
    told: [
      { at: 'Ninove', decision: PLAN, answer: 'rejected', on: '2032-02-12', reason: rejectedWhy },
      { planned: ['Aalst'] },
    ],
  },
  {
    ...{ number: 18, id: 'waas', partnership: 'Cultuurtuin WAAS', phase: 'late' },
    municipalities: [
      ...['Beveren-Kruibeke-Zwijndrecht', 'Lokeren', 'Sint-Gillis-Waas', 'Sint-Niklaas', 'Stekene', 'Temse'],
      'Waasmunster',
    ],
    told: [
      { silent: ['Temse', 'Waasmunster'], decision: 'extension' },
      { silent: ['Stekene', 'Temse', 'Waasmunster'], decision: PLAN },
    ],
  },
  {
    ...{ number: 19, id: 'comeet', partnership: 'COMEET', phase: 'waiting', route: 'new-project-association' },
    municipalities: ['Assenede', 'Eeklo', 'Evergem', 'Kaprijke', 'Lievegem', 'Maldegem', 'Sint-Laureins', 'Zelzate'],
    late: ['Eeklo', 'Maldegem'],
    told: [{ planned: ['Eeklo'] }],
  },
];

/** As it is called in the demo: who reads a list sees of which regions the members are a choice. */
export const nameOf = ({ partnership, hasOwnMembers }: DemoRegion): string =>
  hasOwnMembers === true ? partnership : `${partnership} (demo)`;
