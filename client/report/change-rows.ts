/** What a preview shows, put together as a person reads it: what is the same for several municipalities is said once. */
import type { MailLine } from '../../domain/coming.ts';
import type { ItemKey } from '../../domain/definition.ts';
import type { LocalDate, PartyId } from '../../domain/ids.ts';
import type { MailKind } from '../../domain/message.ts';
import type { DeadlineChange, Preview } from '../../domain/preview.ts';

/** A date that changes, for everybody or for some parties; or only the last session that makes it. */
export interface DateRow {
  /** `dates.closesOn`, or a task or decision. */
  key: string;
  from?: LocalDate;
  to?: LocalDate;
  parties: PartyId[];
  lastSession?: { from?: LocalDate; to?: LocalDate; assumed: boolean };
}

/** What is said to the same kind of people on one day about one thing. */
export interface MailRow {
  on: LocalDate;
  kind: MailKind;
  role: MailLine['role'];
  item?: ItemKey;
  parties: PartyId[];
  count: number;
}

/** The rows of one kind together; of each kind the first gives the place. */
function groupedBy<Value, Row>(
  values: Value[],
  keyOf: (value: Value) => string,
  rowOf: (group: Value[]) => Row,
): Row[] {
  const groups = new Map<string, Value[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return [...groups.values()].map(rowOf);
}

/**
 * Parties of a decision that have the same dates make one row, after the decision's own. What that one says is not said
 * again: only the last session remains, or no row at all.
 */
export function dateRows({ deadlines }: Pick<Preview, 'deadlines'>): DateRow[] {
  const whole = new Map(deadlines.filter(({ party }) => party === undefined).map((each) => [each.key, each]));
  const order = [...new Set(deadlines.map(({ key, item }) => item ?? key))];
  const shown = deadlines.flatMap((each): DeadlineChange[] => {
    const own = each.item === undefined ? undefined : whole.get(each.item);
    if (own === undefined || own.from !== each.from || own.to !== each.to) return [each];
    const { from: _from, to: _to, ...rest } = each;
    return rest.lastSession === undefined ? [] : [rest];
  });
  shown.sort((one, other) => order.indexOf(one.item ?? one.key) - order.indexOf(other.item ?? other.key));
  return groupedBy(
    shown,
    ({ key, item, from, to, lastSession }) => JSON.stringify([item ?? key, item !== undefined, from, to, lastSession]),
    (group) => {
      const [first] = group;
      const { key = '', item, from, to, lastSession } = first ?? {};
      return {
        key: item ?? key,
        ...(from !== to && { ...(from && { from }), ...(to && { to }) }),
        parties: group.flatMap(({ party }) => party ?? []),
        ...(lastSession && { lastSession }),
      };
    },
  );
}

export const mailRows = (lines: MailLine[]): MailRow[] =>
  groupedBy(
    [...lines].sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1)),
    ({ on, kind, role, item }) => [on, kind, role, item].join(' '),
    (group) => {
      const [first] = group;
      if (first === undefined) throw new Error('a group has at least one line');
      const { on, kind, role, item } = first;
      return {
        ...{ on, kind, role, count: group.length },
        ...(item && { item }),
        parties: [...new Set(group.flatMap(({ party }) => party ?? []))],
      };
    },
  );

/** How many mails that are, by person and day: what a morning mail says together counts once. */
export const mailCount = (lines: MailLine[]): number =>
  new Set(lines.map(({ on, to, atOnce, kind }) => [on, to, atOnce ? kind : ''].join(' '))).size;
