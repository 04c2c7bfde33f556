/** Whatever a mail server or a person sends back is known for what it is, and finds the mail that it is about. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classify } from '../../client/inbound/classify.ts';
import { readMail } from '../../client/inbound/mail.ts';
import { asInstant } from '../../domain/ids.ts';
import { answering, fields, mail, MESSAGE_ID, NUMBER, OTHER, plain, report, SEAL, VERP } from './samples.ts';

const now = asInstant(Date.parse('2031-02-12T09:00:00Z'));
const judged = async (source: string | Uint8Array) =>
  classify(await readMail(typeof source === 'string' ? Buffer.from(source) : source), now);

describe('a mail that came back for good is a bounce, with why', () => {
  const daemon = 'Mail Delivery System <Mailer-Daemon@mx.example.org>';
  test.each([
    [
      'Postfix, unknown user',
      report({ status: fields('failed', '5.1.1', '550 5.1.1 <an@wemmel.example.org>: Recipient address rejected') }),
      { code: '5.1.1', why: 'address', detail: '550 5.1.1 <an@wemmel.example.org>: Recipient address rejected' },
    ],
    [
      'Postfix, given up after five days',
      report({ status: fields('failed', '4.4.1', 'connect to mx.wemmel.example.org[192.0.2.1]:25: timed out') }),
      { code: '4.4.1', why: 'content' },
    ],
    [
      'Exim, whose status says nothing',
      report({
        from: daemon,
        subject: 'Mail delivery failed: returning message to sender',
        text: ['  an@wemmel.example.org', '    Unrouteable address'],
        status: fields('failed', '5.0.0'),
      }),
      { code: '5.0.0', why: 'address' },
    ],
    [
      'Exim, after an answer of another server',
      report({ status: fields('failed', '5.0.0', '552 5.2.2 Mailbox size limit exceeded') }),
      { code: '5.2.2', why: 'mailbox' },
    ],
    [
      'Exchange Online, in Dutch, with headers only',
      report({
        from: 'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@wemmel.example.org>',
        subject: 'Niet-bestelbaar: Wemmel: intentieverklaring op de raad van 24 juni',
        status: fields('failed', '5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP'),
        returned: 'text/rfc822-headers',
      }),
      { code: '5.1.10', why: 'address' },
    ],
    [
      'Exchange, a full mailbox',
      report({ status: fields('failed', '5.2.2', '554 5.2.2 mailbox full; STOREDRV.Deliver') }),
      { code: '5.2.2', why: 'mailbox' },
    ],
    [
      'Exchange, a closed system',
      report({ status: fields('failed', '5.4.1', '550 5.4.1 Recipient address rejected: Access denied') }),
      { code: '5.4.1', why: 'address' },
    ],
    [
      'Gmail',
      report({
        from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.example.org>',
        subject: 'Delivery Status Notification (Failure)',
        headers: ['X-Failed-Recipients: an@wemmel.example.org'],
        status: fields('failed', '5.1.1', '550-5.1.1 The email account that you tried to reach does not exist.'),
      }),
      { code: '5.1.1', why: 'address' },
    ],
    [
      'a filter that takes it for spam',
      report({ status: fields('failed', '5.7.1', '554 5.7.1 Message rejected as spam') }),
      { code: '5.7.1', why: 'content' },
    ],
    [
      'a server that leaves the action out',
      report({ status: ['Final-Recipient: rfc822; an@wemmel.example.org', 'Status: 5.1.1 (unknown user)'] }),
      { code: '5.1.1', why: 'address' },
    ],
    [
      'an alias of two, of which one failed',
      report({
        status: [
          ...['Final-Recipient: rfc822; a@example.org', 'Action: delivered', 'Status: 2.0.0', ''],
          ...['Final-Recipient: rfc822; b@example.org', 'Action: FAILED (gone)', 'Status: 5.1.1'],
        ],
      }),
      { code: '5.1.1', why: 'address' },
    ],
    [
      'an address with letters beyond ASCII (RFC 6533)',
      report({
        status: fields('failed', '5.1.1'),
        statusType: 'message/global-delivery-status',
        returned: 'message/global-headers',
      }),
      { code: '5.1.1', why: 'address' },
    ],
    [
      'Exim without a report',
      plain(
        [
          'Return-path: <>',
          'X-Failed-Recipients: an@wemmel.example.org',
          'Auto-Submitted: auto-replied',
          `To: ${VERP}`,
        ],
        ['A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.'],
        daemon,
      ),
      { code: '', why: 'content' },
    ],
    [
      'qmail',
      plain(
        ['Return-Path: <>', 'Subject: failure notice', `Delivered-To: ${VERP}`],
        [
          'Hi. This is the qmail-send program.',
          '',
          '<an@wemmel.example.org>:',
          'Sorry, no mailbox here by that name. (#5.1.1)',
        ],
        'MAILER-DAEMON@mx.example.org',
      ),
      { code: '5.1.1', why: 'address', detail: 'Sorry, no mailbox here by that name. (#5.1.1)' },
    ],
    [
      'a French server, as plain text',
      plain(
        ['Subject: Message non remis', `X-Original-To: ${VERP}`],
        ["550 L'adresse an@wemmel.example.org n'existe pas"],
        'postmaster@mx.example.org',
      ),
      { code: '550', why: 'address' },
    ],
    [
      'a report that is not marked as one',
      plain(
        ['Return-Path: <>', 'Subject: Returned mail: see transcript for details', `To: ${VERP}`],
        ['The following address had permanent errors', '', ...fields('failed', '5.2.1', '550 5.2.1 Mailbox disabled')],
        'postmaster@mx.example.org',
      ),
      { code: '5.2.1', why: 'mailbox' },
    ],
    [
      'cut off in the middle of what it returns',
      report({ status: fields('failed', '5.1.1') }).slice(0, -220),
      { code: '5.1.1', why: 'address' },
    ],
  ])('%s', async (_name, source, expected) => {
    const found = await judged(source);
    expect(found).toMatchObject({ kind: 'bounce', ...expected });
    expect(found.references[0]?.number).toBe(NUMBER);
  });
});

describe('a mail that a server still tries to deliver is a delay', () => {
  test.each([
    [
      'Postfix',
      report({ subject: 'Delayed Mail (still being retried)', status: fields('delayed', '4.4.1', 'timed out') }),
    ],
    ['Gmail', report({ subject: 'Delivery Status Notification (Delay)', status: fields('delayed', '4.4.3') })],
    [
      'Exim without a report',
      plain(
        [
          'Return-path: <>',
          'Subject: Warning: message 1kX delayed 24 hours',
          `To: ${VERP}`,
          'Auto-Submitted: auto-replied',
        ],
        ['This message was created automatically by mail delivery software.', 'has not yet been delivered'],
        'Mailer-Daemon@mx.example.org',
      ),
    ],
  ])('%s', async (_name, source) => {
    const found = await judged(source);
    expect(found).toMatchObject({ kind: 'delay' });
    expect(found).not.toHaveProperty('why');
    expect(found.references[0]?.number).toBe(NUMBER);
  });
});

describe('an absence is known, in four languages and without the standard, with the day until when', () => {
  const absence = (headers: string[], ...body: string[]) =>
    plain([`To: ${VERP}`, 'Return-Path: <>', ...headers], body, 'An Peeters <an@wemmel.example.org>');
  test.each([
    [
      'Outlook, in Dutch',
      absence(
        [
          'Subject: Automatisch antwoord: Wemmel: intentieverklaring',
          'Auto-Submitted: auto-generated',
          'X-Auto-Response-Suppress: All',
        ],
        'Ik ben met verlof tot en met maandag 24 februari 2031. Dringend? Bel het secretariaat.',
      ),
      '2031-02-24',
    ],
    [
      'Gmail',
      absence(['Subject: Afwezig Re: Wemmel', 'Precedence: bulk', 'X-Autoreply: yes'], 'Terug op 3 maart.'),
      '2031-03-03',
    ],
    [
      'a vacation script (RFC 5230)',
      absence(['Subject: Auto: Wemmel', 'Auto-Submitted: auto-replied (vacation)'], 'Back on March 3rd, 2031'),
      '2031-03-03',
    ],
    ['French', absence(['Subject: Réponse automatique : Wemmel'], "Absente jusqu'au 14/02/2031."), '2031-02-14'],
    [
      'German',
      absence(['Subject: Abwesenheitsnotiz: Wemmel'], 'Ich bin bis zum 20. Februar nicht im Büro.'),
      '2031-02-20',
    ],
    ['English', absence(['Subject: Out of Office: Wemmel'], 'I am out until 1 January.'), '2032-01-01'],
    ['with headers only', absence(['Subject: Re: Wemmel', 'X-Autorespond: 1'], 'Ik lees mijn mail niet.'), ''],
    ['a day that is over', absence(['Subject: Automatic reply: x'], 'Away until 3 February 2031.'), ''],
    ['a day that does not exist', absence(['Subject: Automatic reply: x'], 'Tot 31 februari.'), ''],
  ])('%s', async (_name, source, until) => {
    expect(await judged(source)).toMatchObject({
      kind: 'out-of-office',
      code: until,
      references: [{ number: NUMBER }],
    });
  });
});

describe('what a machine sends that is no absence claims nothing about a person', () => {
  const toUs = `To: ${VERP}`;
  test.each([
    ['a report of success', report({ to: VERP, status: fields('delivered', '2.0.0') })],
    ['a relayed mail', report({ status: fields('relayed', '2.0.0') })],
    [
      'a read receipt (RFC 8098)',
      mail(
        ...['From: An <an@wemmel.example.org>', toUs, 'Subject: Gelezen: Wemmel', 'MIME-Version: 1.0'],
        ...['Content-Type: multipart/report; report-type=disposition-notification; boundary=r', '', '--r'],
        ...['Content-Type: text/plain', '', 'Uw bericht is gelezen.', '--r'],
        ...[
          'Content-Type: message/disposition-notification',
          '',
          'Disposition: manual-action/MDN-sent-manually; displayed',
        ],
        `Original-Message-ID: ${MESSAGE_ID}`,
        '--r--',
      ),
    ],
    ['a help desk', plain([toUs, 'Subject: [Ticket #4711] Wemmel', 'Auto-Submitted: auto-replied'], ['Ontvangen.'])],
    [
      'a confirmation',
      plain([toUs, 'Subject: Ontvangstbevestiging', 'Precedence: bulk'], ['We hebben uw mail ontvangen.']),
    ],
    ['a newsletter', plain([toUs, 'Subject: Nieuws', 'List-Id: <nieuws.example.org>'], ['Lees meer'])],
    [
      'a daemon without a word on delivery',
      plain([toUs, 'Return-Path: <>', 'Subject: Hi'], ['?'], 'postmaster@example.org'),
    ],
  ])('%s', async (_name, source) => {
    expect(await judged(source)).toMatchObject({ kind: 'automatic', code: '' });
  });
});

describe('what a person writes is a reply', () => {
  test.each([
    [
      'Outlook',
      plain(
        ['Subject: RE: Wemmel', ...answering],
        ['Het staat op de agenda.', '', '________________________________', 'Van: Regiopad <r@example.org>', 'Oud'],
      ),
    ],
    ['a program that sets In-Reply-To only', plain(['Subject: Antw: x', answering[0]!], ['Het staat op de agenda.'])],
    ['a program that sets nothing, to the address of the mail', plain([`To: ${VERP}`], ['Het staat op de agenda.'])],
    [
      'with a quote above',
      plain(['Subject: Re: x', ...answering], ['> Beste An', '> wanneer?', 'Het staat op de agenda.']),
    ],
    [
      'Gmail',
      plain(
        ['Subject: Re: x', ...answering],
        ['Het staat op de agenda.', '', 'Op wo 12 feb 2031 om 10:00 schreef Regiopad <r@example.org>:', '> x'],
      ),
    ],
    [
      'about mail that could not be delivered',
      plain(['Subject: Re: kan niet bezorgd worden', ...answering], ['Het staat op de agenda.']),
    ],
    [
      'who answers an absence',
      plain(['Subject: RE: Automatisch antwoord: x', ...answering], ['Het staat op de agenda.']),
    ],
    ['Auto-Submitted: no', plain(['Subject: Re: x', 'Auto-Submitted: no', ...answering], ['Het staat op de agenda.'])],
    [
      'HTML only',
      mail(
        'From: An <an@wemmel.example.org>',
        ...answering,
        'Content-Type: text/html',
        '',
        '<p>Het staat op de <b>agenda</b>.</p>',
      ),
    ],
  ])('%s', async (_name, source) => {
    const found = await judged(source);
    expect(found).toMatchObject({ kind: 'reply', excerpt: 'Het staat op de agenda.' });
    expect(found.references[0]?.number).toBe(NUMBER);
  });

  test('a mail that answers nothing of ours is unknown', async () => {
    const found = await judged(plain(['Subject: Offerte', 'To: bounces@example.org'], ['Koop nu']));
    expect(found).toMatchObject({ kind: 'unknown', references: [], sender: 'An Peeters <an@wemmel.example.org>' });
  });
});

describe('which message it is about', () => {
  test('the address it was sent to is surer than what it answers', async () => {
    const found = await judged(plain([`Delivered-To: bounces+${OTHER}${SEAL}@example.org`, ...answering], ['x']));
    expect(found.references).toEqual([
      { number: OTHER, seal: SEAL },
      { number: NUMBER, seal: '' },
    ]);
  });

  test('the identifier of a thread, a longer number and an empty header are none', async () => {
    const headers = [`References: <${OTHER}.pad@example.org>`, `To: bounces+${NUMBER}a@example.org`, 'In-Reply-To:'];
    expect((await judged(plain(headers, ['x']))).references).toEqual([]);
  });
});

describe('whatever comes in', () => {
  test('names, subjects and beginnings are one line without marks that turn it around', async () => {
    const headers = ['Subject: =?utf-8?B?4oCuZ2V2YWFy?=\r\n =?utf-8?Q?=0D=0ABcc:_x=00?=', ...answering];
    const found = await judged(
      plain(headers, ['a\u202eb\u0007c', 'x'.repeat(2_000)], '=?utf-8?Q?An=0A=E2=80=AE?= <an@example.org>'),
    );
    expect(found.subject).toBe('gevaar Bcc: x');
    expect(found.sender).toBe('An <an@example.org>');
    expect(found.excerpt).toMatch(/^ab c x+…$/);
    expect(found.excerpt.length).toBe(400);
  });

  test('bytes that are no mail, or a mail with a few of them changed, are judged without an error', async () => {
    const base = Buffer.from(report({ status: fields('failed', '5.1.1', '550 no') }));
    const changed = fc.array(fc.tuple(fc.nat(base.length - 1), fc.nat(255)), { maxLength: 40 }).map((changes) => {
      const copy = Buffer.from(base);
      for (const [at, byte] of changes) copy[at] = byte;
      return copy;
    });
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      changed,
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (bytes) => {
        const found = await judged(bytes);
        expect(found.excerpt.length).toBeLessThanOrEqual(400);
        expect(`${found.sender}${found.subject}${found.excerpt}${found.code}${found.detail}`).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 300 },
    );
  });

  test('a text that goes on for ever is judged within a second', async () => {
    const texts = [
      'tot '.repeat(30_000),
      'op '.repeat(30_000),
      `${'a'.repeat(90_000)}@`,
      '<'.repeat(90_000),
      '5.1.'.repeat(25_000),
      ' \n'.repeat(50_000),
    ];
    const startedAt = performance.now();
    for (const text of texts)
      await judged(plain(['Return-Path: <>', 'Subject: x', 'X-Autoreply: yes'], [text], 'postmaster@example.org'));
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });
});
