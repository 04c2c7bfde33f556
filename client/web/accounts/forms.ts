/** The forms about an account: its fields as an administrator sees them, and what was filled in. */
import type { PathId } from '../../../domain/ids.ts';
import { type AccountInput, hasRegions, roles } from '../../services/accounts.ts';
import type { FieldSpec, FormSpec } from '../forms/fields.ts';
import type { FormReader } from '../forms/reader.ts';
import { CONFIRMED, first } from '../forms/values.ts';
import type { Web } from '../web.ts';

export interface Region {
  id: PathId;
  partnership: string;
}

const LONGEST_NAME = 120;
const regionField = (id: PathId): string => `region.${id}`;

export async function regionsThere(web: Web): Promise<Region[]> {
  const rows = await web.store.overview.overview();
  return rows.map(({ path, partnership }) => ({ id: path, partnership }));
}

/** What an account is now; nothing of one that is to be made. */
export type Present = Partial<AccountInput>;

/** Name, role and regions, which are folded where the role has none; the address only of a new one. */
export function accountForm(
  web: Web,
  spec: Pick<FormSpec, 'id' | 'action' | 'submit'>,
  regions: readonly Region[],
  present: Present,
): FormSpec {
  const { texts } = web.pages;
  const { name = '', role, regions: own = [] } = present;
  const isNew = role === undefined;
  const email: FieldSpec = {
    ...{ name: 'email', kind: 'email', label: texts.text('accounts.email'), required: true, autocomplete: 'off' },
  };
  const choose = { value: '', label: texts.text('manage.choose') };
  const choices = roles.map((value) => ({ value, label: texts.text(`account.role.${value}`) }));
  const boxes = regions.map(({ id, partnership }): FieldSpec => ({
    ...{ name: regionField(id), kind: 'checkbox', label: partnership },
    value: own.includes(id) ? CONFIRMED : '',
  }));
  const isChoosing = role !== undefined && hasRegions(role);
  const isFolded = boxes.length > 0 && !isChoosing;
  return {
    ...spec,
    fields: [
      { name: 'name', label: texts.text('accounts.name'), value: name, required: true, autocomplete: 'off' },
      ...(isNew ? [email] : []),
      {
        ...{ name: 'role', kind: 'select', label: texts.text('accounts.role'), required: true, value: role ?? '' },
        hint: texts.text('accounts.regions-hint'),
        choices: isNew ? [choose, ...choices] : choices,
      },
      ...(isChoosing ? boxes : []),
    ],
    ...(isFolded && { folded: { summary: texts.text('accounts.regions'), isOpen: false, fields: boxes } }),
  };
}

/** Undefined when something is wrong, which the reader then knows. */
export function accountInput(reader: FormReader, regions: readonly Region[], web: Web): AccountInput | undefined {
  const name = reader.required('name', LONGEST_NAME);
  const role = reader.choice('role', roles);
  const chosen = regions.filter(({ id }) => first(reader.body, regionField(id)) === CONFIRMED);
  if (role === 'reader' && chosen.length === 0) reader.errors['role'] ??= web.pages.texts.text('accounts.reader-needs');
  if (!reader.isComplete || role === undefined) return undefined;
  return { name, role, regions: chosen.map(({ id }) => id) };
}
