/** A mail that is wrong, unfinished, not Dutch, or that says something it must never say. */
import { describe, expect, it } from 'vitest';
import { mailKinds } from '../../domain/message.ts';
import type { Locale } from '../../templates/locale.ts';
import { mailLocale } from '../../templates/render-mail.ts';
import { accountMails } from '../../templates/samples/accounts.ts';
import { mailSamples, renderSample } from '../../templates/samples/mails.ts';
import { ask, usualContext } from '../../templates/samples/sample.ts';
import { createTexts } from '../../worker/texts.ts';

const texts = createTexts()('igs-cultuur');
const { link } = usualContext(texts);
const render = (sample: (typeof mailSamples)[number], locale?: Locale) => renderSample(sample, texts, locale);
const mails = [
  ...mailSamples.map((sample) => ({ name: sample.name, link, ...render(sample) })),
  ...accountMails.map((mail) => ({ name: mail.name, link: mail.link, ...mail.render(texts) })),
];
const mailOf = (name: string) => mails.find((mail) => mail.name === name)!;

const english =
  /\b(the|and|your|you|please|with|this|that|from|will|session|deadline|council|reminder|request|click|here)\b/i;
const unfinished = /\{\{|\}\}|\{[a-z-]+\}|undefined|null|NaN|\[object|Invalid Date/;
/** Blame, comparison, votes, promises, tracking, deciding from within a mail. */
const never =
  /te laat geantwoord|vergeten|andere gemeenten hebben|stemden|tegenstem|unaniem|zeker subsidie|<img|<form|<script|<button|http-equiv|url\(/i;

describe.each(mails)('$name', ({ subject, text, html, link }) => {
  it('is finished, Dutch, free of what a mail must never hold, and shows its one link', () => {
    for (const part of [subject, text, html.replace(/<style>[^]*<\/style>/, '').replace(/<[^>]*>/g, ' ')]) {
      const words = part.replaceAll(/https?:\S+/g, '');
      expect(words).not.toMatch(unfinished);
      expect(words).not.toMatch(english);
      expect(words).not.toMatch(/\d{4}-\d{2}-\d{2}/);
    }
    expect(html).not.toMatch(never);
    expect(text).not.toMatch(never);
    expect(text).toContain(link);
    expect(html).toContain(`<br>${link}`);
    expect(html.match(/(?:src|background)=/g)).toBeNull();
    const targets = [...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target);
    expect(targets.every((target) => target?.startsWith('https://regiopad.example.org/'))).toBe(true);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject.length).toBeLessThanOrEqual(78);
  });
});

describe('the subject', () => {
  it.each([
    ['request', 'Wemmel: intentieverklaring op de raad van 20 mei'],
    ['request-only-one-session', 'Wemmel: intentieverklaring op de raad van 24 juni'],
    ['request-too-late', 'Wemmel: intentieverklaring tegen 30 juni'],
    ['request-other-body', 'Wemmel: intentieverklaring op het college van 20 mei'],
    ['request-three', 'Wemmel: 3 besluiten gevraagd'],
    ['reminder', 'Wemmel: intentieverklaring op de raad van 24 juni, agenda sluit op 16 juni'],
    ['overdue', 'Wemmel: intentieverklaring, is er al beslist?'],
    ['outcome-question', 'Wemmel: wat besliste de raad op 24 juni over de intentieverklaring?'],
    ['receipt-approved', 'Wemmel: genoteerd, intentieverklaring goedgekeurd op 20 mei'],
    ['news-rejected', 'Wemmel: intentieverklaring afgekeurd op 20 mei'],
    ['granted', 'Cultuur Noordrand: de subsidie is toegekend'],
    ['reminder-closes-today', 'Wemmel: intentieverklaring op de raad van 24 juni, agenda sluit vandaag'],
    ['morning', 'Wemmel: bellen over intentieverklaring, en nog 4 punten'],
    ['tasks', 'Cultuur Noordrand: “De intentieverklaring…” tegen 2 mei, en nog 1 punt'],
    ['tasks-overdue', 'Cultuur Noordrand: “Cultuurnota: beoordeling…”, datum voorbij, en nog 2 punten'],
    ['news-two', 'Wemmel: intentieverklaring goedgekeurd op 20 mei, en nog 1 antwoord'],
    ['reminder-long-name', 'Kapelle-op-den-Bos: aanduiding vertegenwoordigers op de raad van 24 juni'],
    ['news-three', 'Wemmel: intentieverklaring goedgekeurd op 20 mei, en nog 2 antwoorden'],
  ])('of %s is: %s', (name, subject) => {
    expect(mailOf(name).subject).toBe(subject);
  });
});

describe('a request', () => {
  it('says who asks, what, by when and why then, which sessions make it, and whom to call', () => {
    const { text } = mailOf('request');
    expect(text).toContain('Els Janssens vraagt u namens Cultuur Noordrand');
    expect(text).toContain('De gemeenteraad keurt de intentieverklaring goed, met de jaarlijkse bijdrage');
    expect(text).toContain('Kan dit op de raad van 20 mei? De agenda sluit op 12 mei.');
    expect(text).toContain(
      'Beslissing gevraagd: tegen maandag 30 juni 2031, zodat de bijdrage daarna in het meerjarenplan kan worden opgenomen',
    );
    expect(text).toContain('Laatste zitting die kan: dinsdag 24 juni 2031; de agenda sluit op 16 juni');
    expect(text).toContain('Een zitting na 24 juni komt te laat.');
    expect(text).toContain('Het ontwerpbesluit in Word (tekst versie 1) en de bijlagen staan klaar op uw pagina.');
    expect(text).toContain('Els Janssens, coördinator van Cultuur Noordrand, op els@example.org');
  });

  it('says so when the agenda closes today, and when there is only one session', () => {
    expect(mailOf('request-closes-today').text).toContain('Kan dit op de raad van 20 mei? De agenda sluit vandaag.');
    expect(mailOf('request-only-one-session').text).toContain('Het is de enige zitting die nog kan;');
  });

  it('says that the law brings the date forward, whatever was agreed before', () => {
    const { text } = mailOf('reminder-law');
    expect(text).toContain('30 juni 2031, zodat alle raden binnen dezelfde twee maanden beslissen');
    expect(text).not.toContain('De tekst kwam later.');
  });

  it("gives the coordinator's reason when the date was moved, and the plain date when there is none", () => {
    const { text } = mailOf('request-moved');
    expect(text).toContain('tegen maandag 30 juni 2031\nReden van de nieuwe datum: De tekst kwam later.');
    expect(text).not.toContain('zodat');
    expect(mailOf('request-plain').text).toContain('Beslissing gevraagd: tegen maandag 30 juni 2031\n');
  });

  it('names no day of the week on which nobody works', () => {
    expect(mailOf('request-due-on-sunday').text).toContain('Beslissing gevraagd: tegen 29 juni 2031, zodat');
  });

  it('calls assumed sessions an estimate, and only those', () => {
    expect(mailOf('request-estimate').text).toContain('schatting');
    expect(mailOf('request').text).not.toContain('schatting');
  });

  it('says plainly what does not make it any more', () => {
    const { text } = mailOf('request-too-late');
    expect(text).toContain('24 juni lukt niet meer: de agenda sloot op 16 juni.');
    expect(text).toContain('Geen enkele gewone zitting haalt nog 30 juni.');
    expect(text).toContain('die van 23 september, valt na die datum');
  });

  it('goes to who coordinates for a body that has nobody else, without talking of colleagues', () => {
    const { text } = mailOf('request-board');
    expect(text).toContain('u noteert het antwoord namens de raad van bestuur');
    expect(text).not.toContain('coördinator van');
  });
});

describe('a mail to call somebody', () => {
  it('says whom, why and the sentence to say', () => {
    const { text } = mailOf('escalation-cutoff-passed');
    expect(text).toContain('An Peeters (algemeen directeur), an@example.org');
    expect(text).toContain('de agenda van 24 juni sloot op 16 juni');
    expect(text).toMatch(/U kunt zeggen:\n“Dag, ik bel voor Cultuur Noordrand/);
  });

  it('never tells a contact to call their own municipality', () => {
    expect(mailOf('escalation-to-contact').text).not.toMatch(/Bel |U kunt zeggen/);
  });
});

describe('a receipt', () => {
  it('says what was noted, by whom, how to correct it, and asks for proof once', () => {
    const { text } = mailOf('receipt-approved');
    expect(text).toContain('Tekst: versie 1');
    expect(text).toContain('Wemmel keurde de intentieverklaring goed op 20 mei.');
    expect(text).toContain('Genoteerd door: An Peeters (Wemmel)');
    expect(text).not.toMatch(/door: .*namens/);
    expect(text).toContain('Klopt er iets niet?');
    expect(text).toContain('Iets verbeteren of een collega aanduiden doet u op de pagina van Wemmel:');
    expect(text.match(/Staat het besluit online\?/g)).toHaveLength(1);
    expect(mailOf('receipt-scheduled').text).not.toContain('Staat het besluit online');
  });
});

describe('a mail to who coordinates', () => {
  it('says after an adjournment without a date which session still makes it, and whom to call', () => {
    const { text } = mailOf('news-adjourned-estimate');
    expect(text).toContain('Enige zitting die nog kan: dinsdag 24 juni 2031; de agenda sluit op 16 juni');
    expect(text).toContain('Bel: An Peeters (algemeen directeur), an@example.org');
    expect(text).toContain('schatting');
    expect(mailOf('news-adjourned-too-late').text).toContain('Geen enkele gewone zitting haalt nog 30 juni.');
  });

  it('lists several tasks, and several answers with nothing to add, in a line each', () => {
    const { text } = mailOf('tasks-overdue');
    expect(text).toContain('De intentieverklaring opstellen: was gevraagd tegen vrijdag 2 mei 2031\n');
    expect(text.match(/^\* /gm)).toHaveLength(1);
    expect(mailOf('news-three').text).toContain('Wemmel: intentieverklaring goedgekeurd op 20 mei\n');
  });
});

describe('a mail about what is foreseen', () => {
  it('says a date that is too early once, not for every municipality, and apart from who has no session', () => {
    const { subject, text } = mailOf('foreseen-early');
    expect(subject).toBe('Cultuur Noordrand: datum intentieverklaring lukt niet meer, en nog 2 punten');
    expect(text.match(/vragen kan naar schatting pas vanaf/g)).toHaveLength(1);
    expect(text.split('* Geen zitting op tijd *')[0]).not.toContain('Wemmel');
    expect(text.split('* Geen zitting op tijd *')[1]).toContain('Wemmel (volgende zitting 8 juli)');
  });
});

describe('one word for one thing', () => {
  it.each(mails)('in $name', ({ subject, text }) => {
    const words = `${subject} ${text}`.replaceAll(/https?:\S+/g, '');
    expect(words).not.toMatch(/verworpen|verwierp|raming|\bpad\b|\broute\b/);
  });
});

describe('templates', () => {
  it('render every kind of mail and every type of item', () => {
    const kinds = new Set([...mailSamples.map(({ message }) => message.kind), ...accountMails.map(({ kind }) => kind)]);
    expect([...mailKinds].filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('use every sentence of the locale file, and none that it lacks', () => {
    const used = new Set<string>();
    const watching: Locale = {
      ...mailLocale(),
      t: (key, values) => {
        used.add(key);
        return mailLocale().t(key, values);
      },
    };
    for (const sample of mailSamples) render(sample, watching);
    for (const mail of accountMails) mail.render(texts, watching);
    expect(
      mailLocale()
        .keys()
        .filter((key) => !used.has(key)),
    ).toEqual([]);
  });

  it('refuse a message that says nothing, and words that are missing', () => {
    const [first] = mailSamples;
    if (first === undefined) throw new Error('no samples');
    expect(() => render({ ...first, message: { ...first.message, items: [] } })).toThrow('says nothing');
    const unknown = { ...first.message, items: [{ ...ask, decision: 'nothing' }] };
    expect(() => render({ ...first, message: unknown })).toThrow('decisions nothing');
    expect(() => mailLocale().t('frame.nothing')).toThrow('frame.nothing');
    expect(() => mailLocale().t('frame.greeting')).toThrow('{name}');
  });

  it('say the same in the year of a date and in another year', () => {
    const [first] = mailSamples;
    if (first === undefined) throw new Error('no samples');
    const message = { ...first.message, day: '2030-12-01' as typeof first.message.day };
    expect(render({ ...first, message }).subject).toBe('Wemmel: intentieverklaring op de raad van 20 mei 2031');
  });
});
