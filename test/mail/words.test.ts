/** A mail that blames, compares, promises, tracks, hides an estimate, or leaves its reader without somebody to call. */
import { describe, expect, it } from 'vitest';
import { listMunicipalities } from '../../definitions/municipalities.ts';
import type { AskItem } from '../../domain/message.ts';
import { longDate, plainDate } from '../../templates/dutch.ts';
import { accountMails } from '../../templates/samples/accounts.ts';
import { mailSamples, renderSample } from '../../templates/samples/mails.ts';
import { usualContext } from '../../templates/samples/sample.ts';
import { createTexts } from '../../worker/texts.ts';

const texts = createTexts()('igs-cultuur');
const mails = mailSamples.map((sample) => {
  const usual = usualContext(texts);
  const context = { ...usual, ...sample.context?.(usual) };
  const { items, role, day, party } = sample.message;
  return { name: sample.name, items, role, day, party, context, ...renderSample(sample, texts) };
});
const toContacts = mails.filter(({ role }) => role !== 'coordinator');
const accounts = accountMails.map((mail) => ({ name: mail.name, link: mail.link, ...mail.render(texts) }));
const all = [...mails, ...accounts];
const asksOf = (mail: (typeof mails)[number]): AskItem[] => mail.items.filter((item) => item.type === 'ask');
const bare = (text: string): string =>
  text.replaceAll(/https?:\S+|[\w.-]+\/m\/code/g, '').replace(/[\u2066-\u2069]/g, '');

it.each(mails)(
  '$name has one link, to the page: in the text, in the HTML, and as text to copy',
  ({ context, text, html }) => {
    expect(text.match(/https?:\/\/\S+/g)).toEqual([context.link]);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to)).toEqual([context.link]);
    expect(html.match(/https?:\/\/[^\s"<]+/g)).toEqual([context.link, context.link]);
  },
);

describe.each(all)('$name', ({ subject, text, html }) => {
  const words = bare(`${subject}\n${text}`);

  it('never says that somebody opened, read or clicked anything, and asks nothing of another server', () => {
    expect(words).not.toMatch(/geopend|gelezen|aangeklikt|bekeken/i);
    expect(html).not.toMatch(
      /<(?:img|script|iframe|link|form|input|button|object|video|svg)\b|url\(|@import|background=/i,
    );
  });

  it('blames nobody, compares nobody, tells no votes and promises nothing', () => {
    expect(words).not.toMatch(
      /vergeten|verzuimd|nagelaten|in gebreke|uw schuld|helaas|dringend verzoek|aanmaning|laattijdig/i,
    );
    expect(words).not.toMatch(/andere gemeenten|als (?:eerste|enige|laatste) gemeente|de meeste gemeenten|achter op/i);
    expect(words).not.toMatch(/stemmen|stemden|unaniem|onthoud|tegenstem|meerderheid/i);
    expect(words).not.toMatch(/(?:krijgt|verdient|zeker van|recht op) (?:de|een) subsidie|gegarandeerd/i);
  });

  it('says u', () => {
    expect(words).not.toMatch(/\b(?:je|jij|jou|jouw|jullie|gij)\b/i);
  });
});

describe.each(toContacts)('$name, to a municipality,', (mail) => {
  const { subject, text, context, party, items, day } = mail;

  it('says whom to call, and names no other municipality', () => {
    const { name: coordinator, email } = context.coordinator;
    const [, end = ''] = text.split(context.link);
    expect(bare(end)).toContain(coordinator);
    if (email !== undefined) expect(end).toContain(email);
    const parties = [party, ...items.map((item) => ('party' in item ? item.party : undefined))];
    const own = parties.flatMap((id) => (id === undefined ? [] : [texts.party(id)]));
    const said = [context.partnership, ...own].reduce(
      (left, name) => left.replaceAll(name, ''),
      bare(`${subject} ${text}`),
    );
    const others = listMunicipalities().filter(({ name: other }) => new RegExp(`\\b${other}\\b`).test(said));
    expect(others.map(({ name: other }) => other)).toEqual([]);
  });

  it('names in its subject the municipality, and of one decision what it is and which session', () => {
    if (items[0]?.type === 'outcome') return;
    const [item] = items;
    // A test to oneself says that first.
    if (mail.name === 'request-test') return;
    expect(subject.startsWith(texts.party(item && 'party' in item ? item.party : party!))).toBe(true);
    if (items.length > 1 || item?.type !== 'ask') return;
    expect(subject).toContain(texts.decision(item.decision).short);
    const sessions = [item.nextSession, item.lastSession, item.sessionOn].filter((on) => on !== undefined);
    const isAsking = item.dueOn >= day && sessions.some((on) => on <= item.dueOn) && (item.lastCutoff ?? '') >= day;
    if (isAsking) expect(sessions.some((on) => subject.includes(plainDate(on, day)))).toBe(true);
  });
});

describe.each(mails.filter((mail) => asksOf(mail).length > 0))('$name', (mail) => {
  const { text, day, role } = mail;
  const open = asksOf(mail).filter(
    ({ dueOn, sessionOn, status }) =>
      dueOn >= day && sessionOn === undefined && status !== 'changed' && status !== 'rejected',
  );

  it('calls dates an estimate when they are assumed, and only then', () => {
    const isGuess = asksOf(mail).some(
      ({ assumed, dueOn, kind }) => assumed && (dueOn >= day || kind === 'overdue') && kind !== 'outcome-question',
    );
    const isLate = asksOf(mail).some(({ dueOn, kind }) => dueOn < day && kind === 'escalation');
    if (!isLate) expect(text.includes('schatting')).toBe(isGuess);
  });

  it('says which session still makes it, and plainly which one does not any more', () => {
    for (const { lastSession, lastCutoff } of open) {
      if (lastSession === undefined || lastCutoff === undefined) continue;
      const [short, full] = [plainDate(lastSession, day), longDate(lastSession)];
      expect(text.includes(short) || text.includes(full)).toBe(true);
      if (lastCutoff >= day || role === 'coordinator') continue;
      expect(text).toContain(`${short} lukt niet meer`);
    }
  });
});
