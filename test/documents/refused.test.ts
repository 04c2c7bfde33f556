import PizZip from 'pizzip';
import { describe, expect, test } from 'vitest';
import { checkTemplate } from '../../templates/documents/check-template.ts';
import { openDocx } from '../../templates/documents/open-docx.ts';
import { partOf, writeParts } from '../../templates/documents/package.ts';
import { changed, partsOf, saying, template } from './word-files.ts';

const problemOf = (content: Uint8Array) => {
  const opened = openDocx(content);
  return opened.ok ? undefined : opened.problem;
};

const relation = (attributes: string) => (xml: string) =>
  xml.replace('</Relationships>', `<Relationship Id="rId99" ${attributes}/></Relationships>`);
const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELS = 'word/_rels/document.xml.rels';
const inBody = (xml: string) => (text: string) => text.replace('<w:body>', `<w:body>${xml}`);

/** A small file that becomes this large. */
function bombOf(bytes: number): Uint8Array {
  const zip = new PizZip(template());
  zip.file('word/media/a.xml', Buffer.alloc(bytes));
  return zip.generate({ type: 'uint8array', compression: 'DEFLATE', compressionOptions: { level: 1 } });
}

describe('a Word file that somebody sends', () => {
  test('is taken when it is plain, links to follow included', () => {
    expect(problemOf(template())).toBeUndefined();
    const link = relation(`Type="${TYPE}/hyperlink" Target="https://example.org/" TargetMode="External"`);
    expect(problemOf(changed({ [RELS]: link }))).toBeUndefined();
  });

  test.each<[string, string, Uint8Array]>([
    [
      'macros by the type of its document',
      'macros',
      changed({
        '[Content_Types].xml': (xml) =>
          xml.replace('wordprocessingml.document.main', 'ms-word.document.macroEnabled.main'),
      }),
    ],
    ['a macro project', 'macros', changed({ 'word/vbaProject.bin': () => 'x' })],
    ['a program inside', 'macros', changed({ 'word/embeddings/oleObject1.bin': () => 'x' })],
    [
      'a template from elsewhere',
      'external',
      changed({
        'word/_rels/settings.xml.rels': () =>
          `<Relationships><Relationship Id="r" Type="${TYPE}/attachedTemplate" Target="https://example.org/x.dotm" TargetMode="External"/></Relationships>`,
      }),
    ],
    [
      'a picture from elsewhere',
      'external',
      changed({ [RELS]: relation(`Type="${TYPE}/image" Target="https://example.org/p.png" TargetMode="External"`) }),
    ],
    [
      'a link to a file',
      'external',
      changed({ [RELS]: relation(`Type="${TYPE}/hyperlink" Target="file:///etc/passwd" TargetMode='External'`) }),
    ],
    [
      'another file that Word takes in',
      'external',
      changed({ [RELS]: relation(`Type="${TYPE}/aFChunk" Target="chunk.html"`) }),
    ],
    [
      'a field that starts something, in pieces',
      'external',
      changed({
        'word/document.xml': inBody(
          '<w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\x</w:instrText></w:r></w:p>',
        ),
      }),
    ],
    [
      'a field that fetches',
      'external',
      changed({ 'word/document.xml': inBody('<w:p><w:fldSimple w:instr="INCLUDETEXT http://example.org"/></w:p>') }),
    ],
    [
      'an entity that reads a file',
      'not-docx',
      changed({
        'word/document.xml': (xml) => xml.replace('?>', '?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
      }),
    ],
    [
      'an entity in another encoding',
      'not-docx',
      changed({ 'word/document.xml': (xml) => Buffer.from(`\uFEFF${xml}`, 'utf16le').toString('latin1') }),
    ],
    ['no document', 'not-docx', writeParts(new Map([['[Content_Types].xml', partOf('<Types/>')]]))],
    ['no zip', 'not-docx', partOf('PK this is no zip')],
    ['nothing', 'not-docx', new Uint8Array()],
    ['a file that ends in the middle', 'not-docx', template().subarray(0, 6000)],
  ])('is refused when it holds %s', (_what, problem, content) => {
    expect(problemOf(content)).toBe(problem);
  });

  test('is refused when it is a bomb, whatever it says of its own size', () => {
    const bomb = Buffer.from(bombOf(41 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(300_000);
    expect(problemOf(bomb)).toBe('too-large');
    const said = Buffer.alloc(4);
    said.writeUInt32LE(41 * 1024 * 1024);
    for (let at = bomb.indexOf(said); at >= 0; at = bomb.indexOf(said, at + 4)) bomb.writeUInt32LE(10, at);
    expect(problemOf(bomb)).toBe('too-large');
  });

  test('is refused when a part would land outside the file', () => {
    expect(problemOf(changed({ 'word/../../x.xml': () => '<x/>' }))).toBe('not-docx');
  });
});

describe('a template that a coordinator sends', () => {
  test.each([
    [
      'a name that nothing has',
      saying('{gemeente}', '{gemeeente}'),
      { problem: 'unknown-variable', name: 'gemeeente' },
    ],
    ['a name of lists outside one', saying('{tekst}'), { problem: 'unknown-variable', name: 'tekst' }],
    [
      'a list that there is not',
      saying('{#punten}', '{tekst}', '{/punten}'),
      { problem: 'unknown-variable', name: 'punten' },
    ],
    ['a name of JavaScript', saying('{gemeente} {constructor}'), { problem: 'unknown-variable', name: 'constructor' }],
    ['XML from data', saying('{@gemeente}'), { problem: 'broken-mark', name: 'gemeente' }],
    ['a brace that stays open', saying('{gemeente'), { problem: 'broken-mark', name: 'gemeente' }],
    ['a list that stays open', saying('{#artikelen}', '{tekst}'), { problem: 'broken-mark', name: 'artikelen' }],
    ['nothing to fill in', saying('Wemmel keurt goed.'), { problem: 'no-variables' }],
  ])('is refused for %s, by its name', (_what, content, problem) => {
    expect(checkTemplate(partsOf(content))).toMatchObject(problem);
  });

  test('is told what there is', () => {
    expect(checkTemplate(partsOf(saying('{x}')))).toMatchObject({
      known: expect.stringContaining('{gemeente}') as string,
    });
  });

  test('may use a list, its numbers, and say what else when it is empty', () => {
    const marks = [
      '{gemeente}',
      '{#bijlagen}',
      '{nummer} {tekst} {versie}',
      '{/bijlagen}',
      '{^bijlagen}',
      'geen',
      '{/bijlagen}',
    ];
    expect(checkTemplate(partsOf(saying(...marks)))).toBeUndefined();
  });
});
