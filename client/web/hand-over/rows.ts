/** The rows of a hand-over between two pages: nothing is kept of them until they are applied. */
import { addressIn, type Columns, LONGEST_CELL, MOST_ROWS } from '../../rows/columns.ts';
import { type HandOverField, handOverFields, type HandOverRow, type HandOverValues } from '../../services/hand-over.ts';
import { CONFIRMED, first, type FormBody } from '../forms/values.ts';

/** Also the head of the list that can be taken along. */
export const handOverHead = ['Gemeente', 'Naam', 'Mailadres', 'Functie', 'Telefoon', 'Rol', 'Traject'];

export const handOverColumns: Columns<HandOverField> = {
  order: handOverFields,
  names: {
    municipality: 'gemeente gemeenten stad lokaalbestuur bestuur nis niscode',
    name: 'naam contact contactpersoon aanspreekpunt nieuwaanspreekpunt nieuwecontactpersoon voornaam familienaam achternaam',
    email: 'mail email emailadres mailadres',
    function: 'functie titel',
    phone: 'telefoon tel telefoonnummer gsm gsmnummer',
    role: 'rol wie',
    path: 'traject samenwerkingsverband pad regio',
  },
};

export const emptyValues = (given: Partial<HandOverValues>): HandOverValues => ({
  ...{ municipality: '', name: '', email: '', function: '', phone: '', role: '', path: '' },
  ...given,
});

/** Whether anybody is named: of a municipality that was left open nothing is changed. */
export const isFilled = ({ values }: HandOverRow): boolean => values.name !== '' || values.email !== '';

export const tidied = ({ number, values }: HandOverRow): HandOverRow => ({
  number,
  values: { ...values, email: addressIn(values.email) },
});

/** As a hidden field holds them. */
export const written = (rows: readonly HandOverRow[]): string =>
  JSON.stringify(rows.map(({ number, values }) => [number, ...handOverFields.map((field) => values[field])]));

/** What comes back, be it from somebody who wrote it by hand: any text is some rows. */
export function keptRows(body: FormBody): HandOverRow[] {
  let given: unknown;
  try {
    given = JSON.parse(first(body, 'kept'));
  } catch {
    return [];
  }
  if (!Array.isArray(given)) return [];
  return given.slice(0, MOST_ROWS).flatMap((row: unknown, index): HandOverRow[] => {
    if (!Array.isArray(row)) return [];
    const [number, ...cells] = row as unknown[];
    const text = (cell: unknown): string => (typeof cell === 'string' ? cell.slice(0, LONGEST_CELL) : '');
    const values = Object.fromEntries(handOverFields.map((field, at) => [field, text(cells[at])])) as HandOverValues;
    return [{ number: typeof number === 'number' && Number.isInteger(number) ? number : index + 1, values }];
  });
}

export const fieldName = (row: number, field: HandOverField): string => `r.${String(row)}.${field}`;
export const removeName = (row: number): string => `r.${String(row)}.weg`;

/** The rows with what the form says of them. */
export function correctedRows(body: FormBody): HandOverRow[] {
  return keptRows(body).flatMap(({ number, values }) => {
    if (first(body, removeName(number)) === CONFIRMED) return [];
    const now = { ...values };
    for (const field of handOverFields) {
      const [text] = body[fieldName(number, field)] ?? [];
      if (text !== undefined) now[field] = text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_CELL);
    }
    return [tidied({ number, values: now })];
  });
}
