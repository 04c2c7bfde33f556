/** The words of drafts that stand neither in their texts nor in their template. */
import { loadLocale } from '../locale.ts';

const sentences = loadLocale(new URL('drafts.nl.yaml', import.meta.url));

/** What a draft says where a value is not known: `[in te vullen: jaarlijkse bijdrage van de gemeente, in euro]`. */
export const missing = (what: string, values: Record<string, string> = {}): string =>
  sentences.t('mark', { what: sentences.t(`what.${what}`, values) });

/** How such a mark begins. */
export const MISSING = missing('zitting').split(sentences.t('what.zitting'))[0] ?? '[';

/** `Ontwerpbesluit intentieverklaring Wemmel, versie 2.docx` */
export const draftName = (decision: string, party: string, version: number): string =>
  sentences.t('name', { decision, party, version });
