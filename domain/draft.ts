/** What the draft of a decision is made of: the names that texts and Word templates use between braces. People write them: they are Dutch. */

export const variableNames = [
  /** `Wemmel` */
  'gemeente',
  /** `Zuidrand` */
  'samenwerkingsverband',
  'referentieregio',
  /** Every municipality that takes part: `Asse, Meise en Wemmel` */
  'deelnemers',
  /** The title of the draft. */
  'titel',
  /** `gemeenteraad`, and with a capital. */
  'orgaan',
  'Orgaan',
  /** `de gemeenteraad`, and with a capital. */
  'bestuursorgaan',
  'Bestuursorgaan',
  /** `de intentieverklaring`, and with a capital. */
  'beslissing',
  'Beslissing',
  /** What is asked, as a sentence. */
  'vraag',
  /** What a path is about that leaves this open: `de statutenwijziging van 2028`, and with a capital. */
  'onderwerp',
  'Onderwerp',
  /** EUR a year: `€ 7.100` */
  'bijdrage',
  /** `dinsdag 24 juni 2031` */
  'zitting',
  /** The last day for the decision: `29 juni 2031` */
  'termijn',
  /** `2033-2038`, with its first and last day. */
  'periode',
  'begin',
  'einde',
  /** The day on which the association ends as it is now. */
  'afloop',
  /** The day on which joining takes effect. */
  'toetreding',
  /** Of the text. */
  'versie',
  /** Who coordinates, with an address. */
  'coordinator',
] as const;
export type VariableName = (typeof variableNames)[number];

/** What is repeated: `{#artikelen}Artikel {nummer}. {tekst}{/artikelen}`. */
export const listNames = ['aanleiding', 'gronden', 'motivering', 'financieel', 'artikelen', 'bijlagen'] as const;
export type ListName = (typeof listNames)[number];
/** What can stand in a list. */
export const itemNames = ['nummer', 'tekst'] as const;

export type Variables = Record<VariableName, string>;
/** Everything that a template is filled with. */
export type DraftContent = Variables & Record<ListName, string[]>;

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  names.some((known) => known === name);
export const isVariable = (name: string): name is VariableName => isOneOf(variableNames, name);
export const isList = (name: string): name is ListName => isOneOf(listNames, name);
export const isItem = (name: string): boolean => isOneOf(itemNames, name);

const braces = /\{([^{}]*)\}/g;

/** The names between braces in a text, in order. */
export const namesIn = (text: string): string[] => [...text.matchAll(braces)].map(([, name = '']) => name);

/** A text with its variables filled in. What a value holds is not read again, whatever stands in it. */
export const filledText = (text: string, variables: Variables): string =>
  text.replace(braces, (whole, name: string) => (isVariable(name) ? variables[name] : whole));
