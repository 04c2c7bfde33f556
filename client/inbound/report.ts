/** The report of a mail server on what became of a mail: message/delivery-status (RFC 3464), also where it is not marked as such. */
import { enhancedCodeIn } from '../../activities/status-code.ts';
import { plainLine, shortened } from './plain-text.ts';

export interface DeliveryReport {
  action: 'failed' | 'delayed' | 'delivered';
  /** Enhanced status code (RFC 3463), the more exact one of status and diagnosis; empty when there is none. */
  code: string;
  /** The server's words. */
  detail: string;
}

type Fields = ReadonlyMap<string, string>;

const LONGEST_DETAIL = 500;

/** Groups of fields, separated by empty lines; a line that begins with a space goes on with the one before (RFC 5322). */
function groupsOf(content: string): Fields[] {
  const text = content.replace(/\r\n?/g, '\n').replace(/\n[ \t]+(?=\S)/g, ' ');
  return text.split(/\n\s*\n/).map((group) => {
    const fields = new Map<string, string>();
    for (const line of group.split('\n')) {
      const [, name, value] = /^([A-Za-z][A-Za-z-]{1,40}):(.*)$/.exec(line) ?? [];
      if (name !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), plainLine(value ?? ''));
    }
    return fields;
  });
}

function actionOf(fields: Fields): DeliveryReport['action'] | undefined {
  const word = /^[a-z]+/.exec((fields.get('action') ?? '').toLowerCase())?.[0];
  if (word === 'failed' || word === 'delayed') return word;
  if (word === 'delivered' || word === 'relayed' || word === 'expanded') return 'delivered';
  // Some servers leave the action out; the class of the status says it.
  const [kind] = enhancedCodeIn(fields.get('status') ?? '');
  return kind === '5' ? 'failed' : kind === '4' ? 'delayed' : kind === '2' ? 'delivered' : undefined;
}

function exactCode(status: string, diagnosis: string): string {
  const code = enhancedCodeIn(status);
  return code === '' || code.endsWith('.0.0') ? enhancedCodeIn(diagnosis) || code : code;
}

const weight = { failed: 0, delayed: 1, delivered: 2 } as const;

/**
 * What a report says. One of our mails has one recipient; when an alias made several of it, the worst counts. Undefined
 * when there is no group about a recipient.
 */
export function readReport(content: string): DeliveryReport | undefined {
  const reports = groupsOf(content).flatMap((fields): DeliveryReport[] => {
    const action = actionOf(fields);
    if (
      action === undefined ||
      !(fields.has('final-recipient') || fields.has('original-recipient') || fields.has('action'))
    )
      return [];
    const diagnosis = fields.get('diagnostic-code') ?? '';
    const status = fields.get('status') ?? '';
    const words = diagnosis.replace(/^[\w-]+;\s*/, '');
    return [{ action, code: exactCode(status, diagnosis), detail: shortened(words, LONGEST_DETAIL) }];
  });
  return reports.sort((a, b) => weight[a.action] - weight[b.action])[0];
}
