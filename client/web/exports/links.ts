/** Links to the tables that can be taken along, in each format. */
import type { PageTexts } from '../../../templates/pages/locale.ts';
import type { TableName } from '../../exports/tables.ts';
import { formats } from '../../exports/write.ts';

/** @param search what narrows them, as it stands in the address: `?pad=noordrand-2033` */
export const tableLinks = (texts: PageTexts, names: readonly TableName[], search: string) =>
  names.map((name) => {
    const table = texts.text(`export.table.${name}`);
    return {
      table,
      links: formats.map((kind) => {
        const format = kind.toUpperCase();
        const href = `/uitvoer/${name}.${kind}${search}`;
        return { href, format, label: texts.text('export.link', { table, format }) };
      }),
    };
  });
