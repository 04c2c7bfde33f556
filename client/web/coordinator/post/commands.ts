/** From the forms of a mail to come to orders about it. What the mail says stands in the form as it was when it was looked at. */
import { asPersonId, type LocalDate } from '../../../../domain/ids.ts';
import { LINE_LENGTH, type MailKey } from '../../../../domain/mail-order.ts';
import type { FormReader } from '../../forms/reader.ts';
import { first } from '../../forms/values.ts';

interface Reading {
  reader: FormReader;
  dossier: { today: LocalDate };
}

/** The core checks what comes out; what is no list there is refused. */
function keysIn({ body }: FormReader): MailKey[] {
  try {
    return JSON.parse(first(body, 'what')) as MailKey[];
  } catch {
    return [];
  }
}

const aboutIn = ({ reader }: Reading) => ({ to: asPersonId(first(reader.body, 'to')), what: keysIn(reader) });

export const mailCommands = {
  'hold-mail': (reading: Reading) => {
    const until = reading.reader.day('until');
    if (until !== undefined && until <= reading.dossier.today) reading.reader.wrong('until', 'not-ahead');
    return { ...aboutIn(reading), ...(until !== undefined && { until }) };
  },
  'release-mail': aboutIn,
  'skip-mail': (reading: Reading) => {
    const reason = reading.reader.text('reason');
    return { ...aboutIn(reading), ...(reason !== undefined && { reason }) };
  },
  'send-mail-now': aboutIn,
  'add-line': (reading: Reading) => ({
    ...aboutIn(reading),
    text: reading.reader.required('text', LINE_LENGTH),
  }),
  'remove-line': aboutIn,
};
