/** A name or a reason that becomes a second recipient, a header, a piece of HTML, or a line that the mail never said. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type ParsedMail, simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { automaticHeaders, messageIdOf, senderFor } from '../../activities/outgoing.ts';
import { createFolderTransport, type MailTransport } from '../../activities/transport.ts';
import { asInstant } from '../../domain/ids.ts';
import type { MailContext, RenderedMail } from '../../templates/mail-context.ts';
import { renderMail } from '../../templates/render-mail.ts';
import { news } from '../../templates/samples/answers.ts';
import { mailSamples } from '../../templates/samples/mails.ts';
import { usualContext } from '../../templates/samples/sample.ts';
import { createTexts } from '../../worker/texts.ts';
import { hostile } from './hostile.ts';

const texts = createTexts()('igs-cultuur');
const sender = { name: 'Regiopad', address: 'regiopad@example.org' };
const invisible = /[\u2066-\u2069]/g;
/** As a reader sees it: spaces and ends of lines are one space, and what cannot be seen is not there. */
const seen = (text: string): string =>
  text
    .replace(invisible, '')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#x60': '`',
  '#x3D': '=',
};
const textOfHtml = (html: string): string =>
  html
    .replace(/<style>[^]*?<\/style>|<!--[^]*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&([#\w]+);/g, (whole, name: string) => entities[name] ?? whole);
const tagsOf = (html: string): string[] => html.match(/<[^>]*>/g)!;

interface Typed {
  person: string;
  partnership: string;
  coordinator: string;
  function: string;
  reason: string;
  changes: string;
}
const typed = fc.record<Typed>({
  ...{ person: hostile, partnership: hostile, coordinator: hostile },
  ...{ function: hostile, reason: hostile, changes: hostile },
});
const plain: Typed = {
  ...{ person: 'An', partnership: 'Noordrand', coordinator: 'Els', function: 'directeur', reason: 'Daarom.' },
  changes: 'Artikel 1.',
};

const contextWith = (said: Typed): MailContext => ({
  ...usualContext(texts),
  partnership: said.partnership,
  person: { name: said.person, email: 'an@example.org' },
  coordinator: { name: said.coordinator, email: 'els@example.org' },
  someone: () => ({ name: said.person }),
  contactOf: () => ({ name: said.person, function: said.function, email: 'an@example.org' }),
  movedReason: () => said.reason,
});

/** Mails in which all of it is said, to a contact and to who coordinates. */
const usual = mailSamples.filter(({ name }) =>
  ['request', 'escalation-silent', 'undelivered-reminder', 'moved', 'refused', 'receipt-changes'].includes(name),
);
const rendered = (said: Typed): RenderedMail[] =>
  usual.map(({ name, message }) => {
    const item = { ...news, kind: 'receipt', answer: 'approved-with-changes', ...said } as const;
    const [first] = message.items;
    const items =
      name === 'receipt-changes' ? [item] : [{ ...first!, ...(first && 'reason' in first && { reason: said.reason }) }];
    return renderMail({ ...message, items }, contextWith(said));
  });

describe('a mail with the worst of names and reasons', () => {
  it('says them as they are, in no other tag than it has anyhow', () => {
    const tags = rendered(plain).map(({ html }) => tagsOf(html));
    fc.assert(
      fc.property(typed, (said) => {
        for (const [index, mail] of rendered(said).entries()) {
          const subjectless = mail.html.replace(/<title>[^<]*<\/title>/, '<title></title>');
          expect(tagsOf(subjectless)).toEqual(tags[index]);
          expect(seen(textOfHtml(mail.html))).toContain(seen(said.person));
          expect(seen(mail.text)).toContain(seen(said.person));
        }
        const receipt = rendered(said).at(usual.findIndex(({ name }) => name === 'receipt-changes'))!;
        for (const value of [said.changes, said.reason]) {
          expect(seen(textOfHtml(receipt.html))).toContain(seen(value));
          expect(seen(receipt.text)).toContain(seen(value));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has no line in its text that somebody else wrote: those stand behind a label, or are set in', () => {
    const own = (text: string): string[] => text.split('\n').filter((line) => !line.startsWith('  '));
    const usualLines = rendered(plain).map(({ text }) => own(text).length);
    fc.assert(
      fc.property(typed, (said) => {
        for (const [index, { text }] of rendered(said).entries()) {
          const lines = own(text);
          expect(lines).toHaveLength(usualLines[index]!);
          expect(lines.filter((line) => line === '--')).toHaveLength(1);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps writing from right to left to itself: what follows on the line stays readable', () => {
    const turned = { ...plain, person: 'ليلى \u202eabc', coordinator: 'דוד\u2069' };
    for (const { subject, text, html } of rendered(turned)) {
      for (const line of [subject, ...text.split('\n'), ...textOfHtml(html).split('\n')]) {
        let depth = 0;
        for (const character of line) {
          if (character === '\u2068') depth += 1;
          if (character === '\u2069') depth -= 1;
          expect([line, depth >= 0]).toEqual([line, true]);
          if (/[\u0590-\u06ff\u202e]/.test(character)) expect([line, depth]).toEqual([line, 1]);
        }
        expect([line, depth]).toEqual([line, 0]);
      }
    }
  });
});

describe('the message that is sent', () => {
  let folder: string;
  let transport: MailTransport;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'regiopad-hostile-'));
    transport = createFolderTransport(folder);
  });
  afterAll(() => {
    transport.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function sent(said: Typed, mail: RenderedMail): Promise<{ parsed: ParsedMail; raw: string }> {
    const before = new Set(readdirSync(folder));
    await transport.send({
      ...mail,
      messageId: messageIdOf('key', sender),
      from: senderFor(said.partnership, sender),
      envelopeFrom: sender.address,
      to: { name: said.person, address: 'an@example.org' },
      replyTo: { name: said.coordinator, address: 'els@example.org' },
      at: asInstant(0),
      headers: { ...automaticHeaders },
    });
    const file = readdirSync(folder).find((name) => !before.has(name))!;
    const raw = readFileSync(join(folder, file), 'utf8');
    rmSync(join(folder, file));
    return { raw, parsed: await simpleParser(raw, { skipImageLinks: true, skipTextToHtml: true }) };
  }

  it(
    'has one recipient, one sender, the headers that it always has and no line that is too long',
    { timeout: 60_000 },
    async () => {
      const usualHeaders = (await sent(plain, rendered(plain)[0]!)).parsed.headerLines.map(({ key }) => key);
      await fc.assert(
        fc.asyncProperty(typed, fc.nat({ max: usual.length - 1 }), async (said, index) => {
          const mail = rendered(said)[index]!;
          const { parsed, raw } = await sent(said, mail);
          expect(parsed.headerLines.map(({ key }) => key)).toEqual(usualHeaders);
          const addresses = [parsed.to, parsed.from, parsed.replyTo].flatMap((list) =>
            [list!].flat().flatMap(({ value }) => value.map(({ address }) => address)),
          );
          expect(addresses).toEqual(['an@example.org', 'regiopad@example.org', 'els@example.org']);
          expect(seen(parsed.subject!)).toBe(seen(mail.subject));
          expect(seen(parsed.text!)).toBe(seen(mail.text));
          expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
        }),
        { numRuns: 60 },
      );
    },
  );
});
