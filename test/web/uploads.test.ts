/** Files that people send: what would be lost is a decision that was sent, or the safety of who opens it. */
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCatalogue } from '../../client/errors.ts';
import { PageError } from '../../client/web/failures.ts';
import { attachmentHeader, tidyFileName } from '../../client/web/file-names.ts';
import { sentForm } from '../../client/web/forms/sent.ts';
import type { FileKind } from '../../client/web/file-kinds.ts';
import { acceptOf, readUpload, uploadSentence } from '../../client/web/uploads.ts';
import { loadPageTexts } from '../../templates/pages/locale.ts';
import { docx, jpeg, pdf, png, polyglot } from './sample-files.ts';

const texts = loadPageTexts();
const KILOBYTE = 1024;
let app: FastifyInstance;

beforeAll(() => {
  app = Fastify({ bodyLimit: 40 * KILOBYTE * KILOBYTE });
  void app.register(multipart, { throwFileSizeLimit: false });
  app.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof PageError ? errorCatalogue[error.code].status : 500).send({}),
  );
  app.post('/:kinds', async (request) => {
    const { kinds } = request.params as { kinds: string };
    const accept = kinds.split(',') as FileKind[];
    const read = await readUpload(request, { field: 'file', accept, maxBytes: 11 * KILOBYTE * KILOBYTE });
    const { body } = await sentForm(request);
    if (!read.ok) return { said: uploadSentence(texts, read.problem, read.values), body };
    const { content, ...rest } = read;
    return { ...rest, size: content.length, body };
  });
});
afterAll(() => app.close());

interface Taken {
  said?: string;
  kind?: string;
  name?: string;
  mediaType?: string;
  size?: number;
  body: Record<string, string[]>;
}

const BOUNDARY = 'x-border';

/** The form as bytes, with the file's name as it is. */
const formOf = (name: string, content: Uint8Array, field = 'file'): Buffer =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="reason"\r\n\r\nTe duur\r\n`),
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\n`),
    Buffer.from('Content-Type: text/html\r\n\r\n'),
    content,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);

async function send(payload: Buffer, kinds = 'pdf,png,jpeg'): Promise<Taken> {
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  const response = await app.inject({ method: 'POST', url: `/${kinds}`, payload, headers });
  expect(response.statusCode).toBe(200);
  return response.json();
}

describe('a file', () => {
  test('is what is in it, whatever its name and the browser say', async () => {
    expect(await send(formOf('besluit.exe', pdf()))).toMatchObject({
      ...{ kind: 'pdf', name: 'besluit.exe.pdf', mediaType: 'application/pdf', size: pdf().length },
    });
    expect(await send(formOf('foto.pdf', png()))).toMatchObject({ kind: 'png', name: 'foto.pdf.png' });
    expect(await send(formOf('FOTO.JPG', jpeg()))).toMatchObject({ kind: 'jpeg', name: 'FOTO.jpg' });
    expect(await send(formOf('besluit.docx', await docx()), 'docx')).toMatchObject({ kind: 'docx' });
  });

  test('that cannot be taken is named in a sentence of its own, and the rest of the form is kept', async () => {
    const large = Buffer.concat([pdf(), Buffer.alloc(10 * KILOBYTE * KILOBYTE)]);
    const cases: [Buffer, RegExp][] = [
      [formOf('', Buffer.alloc(0)), /^Kies een bestand/],
      [formOf('besluit.pdf', pdf(), 'other'), /^Kies een bestand/],
      [formOf('besluit.pdf', Buffer.alloc(0)), /^Dit bestand is leeg/],
      [formOf('besluit.pdf', large), /^Dit bestand is groter dan 11 MB/],
      [formOf('besluit.pdf', Buffer.from('<script>alert(1)</script>')), /^Dit is geen pdf, png of jpg\./],
      [formOf('besluit.pdf', await docx()), /^Dit is geen pdf, png of jpg\./],
      [formOf('besluit.pdf', pdf().slice(0, 60)), /^Dit bestand is niet volledig aangekomen/],
      [formOf('foto.png', png().slice(0, -10)), /^Dit bestand is niet volledig aangekomen/],
      [formOf('foto.jpg', jpeg({ isCutOff: true })), /^Dit bestand is niet volledig aangekomen/],
      [formOf('besluit.pdf', pdf()).subarray(0, -20), /^Dit bestand is niet volledig aangekomen/],
    ];
    for (const [payload, sentence] of cases) {
      const { said, body } = await send(payload);
      expect(said).toMatch(sentence);
      expect(body).toEqual({ reason: ['Te duur'] });
    }
    const { said } = await send(formOf('besluit.docx', (await docx()).slice(0, 600)), 'docx');
    expect(said).toMatch(/^(?:Dit is geen Word-bestand|Dit bestand is niet volledig aangekomen)/);
  });

  test('a page that begins as a PDF does is taken for a PDF, and nothing else', async () => {
    expect(await send(formOf('besluit.html', polyglot()))).toMatchObject({
      ...{ name: 'besluit.html.pdf', mediaType: 'application/pdf' },
    });
  });

  test('two files, half a form or a form that is nothing never end in a fault of ours', async () => {
    const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
    const two = Buffer.concat([formOf('a.pdf', pdf()).subarray(0, -14), formOf('b.pdf', pdf())]);
    const half = Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="reason"\r\n\r\nTe`);
    for (const payload of [two, half, Buffer.from('nothing'), Buffer.alloc(0)]) {
      const { statusCode } = await app.inject({ method: 'POST', url: '/pdf', payload, headers });
      expect([200, 400]).toContain(statusCode);
    }
    const huge = { method: 'POST', url: '/pdf', payload: Buffer.alloc(17 * KILOBYTE * KILOBYTE), headers } as const;
    expect((await app.inject(huge)).statusCode).toBe(413);
  });
});

describe('the name of a file', () => {
  test.each([
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\temp\\besluit.pdf', 'besluit.pdf'],
    ['besluit\r\nSet-Cookie: x=y.pdf', 'besluitSet-Cookie_ x=y.pdf'],
    ['"><img src=x>.pdf', '___img src=x_.pdf'],
    ['besluit 🏛️ Wemmel.pdf', 'besluit 🏛️ Wemmel.pdf'],
    ['besluit\u202Efdp.exe', 'besluitfdp.exe.pdf'],
    ['Zitting van 24 juni – bijlage één.PDF', 'Zitting van 24 juni – bijlage één.pdf'],
    ['con.pdf', '_con.pdf'],
    ['...', 'bestand.pdf'],
    ['', 'bestand.pdf'],
    ['.htaccess', 'htaccess.pdf'],
  ])('%j becomes %j', (given, tidied) => {
    expect(tidyFileName(given, 'pdf')).toBe(tidied);
  });

  test('of three hundred characters is cut, and keeps its ending', () => {
    const name = tidyFileName(`${'é'.repeat(300)}.pdf`, 'pdf');
    expect(name).toHaveLength(124);
    expect(name.endsWith('.pdf')).toBe(true);
  });

  test('comes out the same when it is tidied again, whatever it was, and its header holds one name only', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(anything, (given) => {
        const name = tidyFileName(given, 'pdf');
        expect(tidyFileName(name, 'pdf')).toBe(name);
        expect(name).toMatch(/^[^/\\<>:"|?*\p{Cc}\p{Cf}]+\.pdf$/u);
        const header = attachmentHeader(name);
        expect(header).toMatch(/^attachment; filename="[\w. ()-]+"; filename\*=UTF-8''[\w.~%!#$&+^`|-]+$/);
        expect(decodeURIComponent(header.split("UTF-8''")[1]!)).toBe(name);
      }),
      { numRuns: 200 },
    );
  });

  test('is given back twice: plainly, and whole as RFC 8187 writes it', () => {
    expect(attachmentHeader("raad's besluit (één).pdf")).toBe(
      `attachment; filename="raad_s besluit (een).pdf"; filename*=UTF-8''raad%27s%20besluit%20%28%C3%A9%C3%A9n%29.pdf`,
    );
  });

  test('goes through a form as it is: emoji, accents, quotes and folders', async () => {
    expect((await send(formOf('Besluit één 🏛️.pdf', pdf()))).name).toBe('Besluit één 🏛️.pdf');
    expect((await send(formOf('../../x.pdf', pdf()))).name).toBe('x.pdf');
    expect((await send(formOf('a\\"b.pdf', pdf()))).name).toMatch(/^[^"\\/]*b\.pdf$/);
    expect((await send(formOf(`${'a'.repeat(300)}.pdf`, pdf()))).name).toHaveLength(124);
  });
});

test('a browser is told which kinds to offer', () => {
  expect(acceptOf(['pdf', 'jpeg'])).toBe('application/pdf,.pdf,image/jpeg,.jpg,.jpeg');
});
