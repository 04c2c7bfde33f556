/** Fills a Word template. What is filled in goes in literally, whatever it holds; the same input gives the same bytes. */
import Docxtemplater from 'docxtemplater';
import PizZip from 'pizzip';
import { markedMissing } from './missing.ts';
import { type Parts, partOf, textOf, writeParts } from './package.ts';
import { type DraftContent, listNames } from '../../domain/draft.ts';

/** Throws for a template with a name that is not known: see checkTemplate. */
export function fillTemplate(template: Parts, content: DraftContent): Uint8Array {
  const filler = new Docxtemplater(new PizZip(writeParts(template)), {
    paragraphLoop: true,
    linebreaks: true,
    errorLogging: false,
    nullGetter: ({ value }: { value?: string }) => {
      throw new Error(`the template uses {${value ?? ''}}, which is not known`);
    },
  });
  const lists = listNames.map((name) => [
    name,
    content[name].map((tekst, index) => ({ nummer: String(index + 1), tekst: printable(tekst) })),
  ]);
  const texts = Object.entries(content).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, printable(value)]] : [],
  );
  filler.render(Object.fromEntries([...texts, ...lists]));
  const filled = new PizZip(filler.getZip().generate({ type: 'uint8array' }));
  // In the order of the template, so that nothing but the content makes a difference.
  const parts = [...template.keys()].map((name): [string, Uint8Array] => {
    const part = filled.file(name)?.asUint8Array() ?? new Uint8Array();
    return [
      name,
      /^word\/(document|header\d*|footer\d*)\.xml$/.test(name) ? partOf(markedMissing(textOf(part))) : part,
    ];
  });
  return writeParts(new Map(parts));
}

/** XML 1.0 has no place for other control characters, nor for half of a pair. */
const printable = (text: string): string => text.toWellFormed().replace(/[^\t\n\P{Cc}]|[\uFFFE\uFFFF]/gu, '');
