/** Every mail of the gallery, with the sentences that it is made of. */
import type { MailKind } from '../../domain/message.ts';
import type { Locale } from '../../templates/locale.ts';
import type { RenderedMail } from '../../templates/mail-context.ts';
import { mailLocale } from '../../templates/render-mail.ts';
import { accountMails } from '../../templates/samples/accounts.ts';
import { mailSamples, renderSample } from '../../templates/samples/mails.ts';
import { createTexts } from '../../worker/texts.ts';
import { type Place, placesIn, sentenceFiles, watchedTexts } from './sentences.ts';

export interface GalleryMail extends RenderedMail {
  name: string;
  kind: MailKind;
  role: 'contact' | 'deputy' | 'coordinator' | 'account';
  sentences: Place[];
}

export function galleryMails(): GalleryMail[] {
  const placesOfMails = placesIn(sentenceFiles.mails);
  const placesOfPaths = placesIn(sentenceFiles.paths);
  const used = { mails: new Set<string>(), paths: new Set<string>() };
  const locale = watchedLocale(mailLocale(), (key) => used.mails.add(key));
  const texts = watchedTexts(createTexts()('igs-cultuur'), (key) => used.paths.add(key));
  const noted = (render: () => RenderedMail): RenderedMail & { sentences: Place[] } => {
    used.mails.clear();
    used.paths.clear();
    return { ...render(), sentences: [...placesOfMails(used.mails), ...placesOfPaths(used.paths)] };
  };
  return [
    ...mailSamples.map((sample) => {
      const { kind, role } = sample.message;
      return { name: sample.name, kind, role, ...noted(() => renderSample(sample, texts, locale)) };
    }),
    ...accountMails.map(({ name, kind, render }) => ({
      ...{ name, kind, role: 'account' as const },
      ...noted(() => render(texts, locale)),
    })),
  ];
}

/** The same sentences; hears which ones are written. */
const watchedLocale = (locale: Locale, onUse: (key: string) => void): Locale => ({
  ...locale,
  t: (key, values) => {
    onUse(key);
    return locale.t(key, values);
  },
});
