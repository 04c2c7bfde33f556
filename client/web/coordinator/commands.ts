/** From the forms of a coordinator to commands: for each command what it reads. The core checks what they mean. */
import type { ApprovalChoices, CommandData, CommandType } from '../../../domain/commands.ts';
import { asPartyId, asPersonId, municipalityParty, type PartyId, type PersonId } from '../../../domain/ids.ts';
import { findMunicipality, withReferenceRegion } from '../../../definitions/municipalities.ts';
import { isSameAddress, type PersonRole } from '../../../store/people.ts';
import type { Dossier } from '../dossier.ts';
import { readEvidence } from '../evidence-form.ts';
import type { FormReader } from '../forms/reader.ts';
import { first } from '../forms/values.ts';
import type { Upload } from '../forms/sent.ts';
import { municipalities } from '../../../domain/lookup.ts';
import { readSessions } from '../sessions/form.ts';
import type { Web } from '../web.ts';
import { approvalsField, FACTS_FIELD, mergesField } from './field-names.ts';
import { mailCommands } from './post/commands.ts';
import { readFacts } from './party-facts.ts';

export interface Reading {
  web: Web;
  dossier: Dossier;
  reader: FormReader;
  /** The account that sends the form. */
  by: string;
  /** The file that was sent with the form. */
  upload?: Upload;
  /** Only to be looked at: nobody is made known to the store for it. */
  isPreview?: boolean;
}

/** What a form says; anything when the reader found something wrong, since it is not sent then. */
type Reader<Type extends CommandType> = (reading: Reading) => CommandData[Type] | Promise<CommandData[Type]>;

const partyIn = ({ reader }: Reading): PartyId => asPartyId(first(reader.body, 'party'));
const keyIn = ({ reader }: Reading, name: string): string => first(reader.body, name);
const reasonIn = ({ reader }: Reading): string => reader.required('reason');
const todayOr = ({ reader, dossier }: Reading, name: string) => reader.day(name, { required: true }) ?? dossier.today;

/** For what cannot easily be undone, a box has to be ticked. */
function confirmed<Data>({ reader }: Reading, data: Data): Data {
  reader.confirmed();
  return data;
}

/** What becomes of approvals, by decision: all are kept unless the form says otherwise. */
function approvalsIn(reading: Reading): { approvals?: ApprovalChoices } {
  const sent = Object.keys(reading.dossier.state.texts);
  const again = sent.filter((decision) => keyIn(reading, approvalsField(decision)) === 'ask-again');
  return again.length === 0 ? {} : { approvals: Object.fromEntries(again.map((key) => [key, 'ask-again' as const])) };
}

/** A municipality by name or NIS code; notes in the form when there is none. */
function municipalityIn({ reader }: Reading): PartyId {
  const found = findMunicipality(reader.required('municipality', 80));
  if (found.status === 'found') return municipalityParty(found.municipality.nis);
  reader.wrong('municipality', 'municipality');
  return municipalityParty('00000');
}

/** The person named in a form; not made as long as something in the form is wrong. */
async function personIn(
  reading: Reading,
  role: PersonRole,
  party?: PartyId,
  by: 'ensurePerson' | 'changedPerson' = 'ensurePerson',
): Promise<PersonId> {
  const { web, dossier, reader } = reading;
  const name = reader.required('name', 120);
  const email = reader.email('email');
  const job = reader.text('function', { max: 120 });
  const phone = reader.phone('phone');
  if (!reader.isComplete || reading.isPreview === true) return asPersonId(`${dossier.state.id}.0`);
  return web.store.people[by]({
    ...{ path: dossier.state.id, role, name, email },
    ...(party !== undefined && { party }),
    ...(job !== undefined && { function: job }),
    ...(phone !== undefined && { phone }),
  });
}

function versionIn({ reader }: Reading): number | undefined {
  const text = reader.text('textVersion', { max: 6 });
  if (text === undefined) return undefined;
  if (!/^[1-9]\d*$/.test(text)) reader.wrong('textVersion', 'version');
  return Number(text);
}

export const formCommands = {
  'complete-task': (reading) => ({ task: keyIn(reading, 'task') }),
  'reopen-task': (reading) => ({ task: keyIn(reading, 'task'), reason: reasonIn(reading) }),

  request: (reading) => {
    const textVersion = versionIn(reading);
    const party = keyIn(reading, 'party');
    const isAgain = keyIn(reading, 'approvals') === 'ask-again';
    return {
      decision: keyIn(reading, 'decision'),
      ...(textVersion !== undefined && { textVersion }),
      ...(party !== '' && { parties: [asPartyId(party)] }),
      ...(isAgain && { approvals: 'ask-again' as const }),
    };
  },
  'accept-changes': (reading) => ({ party: partyIn(reading), decision: keyIn(reading, 'decision') }),
  waive: (reading) => ({
    party: partyIn(reading),
    decision: keyIn(reading, 'decision'),
    reason: reasonIn(reading),
  }),
  'add-evidence': async (reading) => {
    const { web, dossier } = reading;
    const subject = { party: partyIn(reading), decision: keyIn(reading, 'decision') };
    const reference = await readEvidence(web, dossier, subject, { ...reading, isText: true });
    return { ...subject, reference: reference ?? '' };
  },
  'record-complaint': (reading) => ({
    party: partyIn(reading),
    decision: keyIn(reading, 'decision'),
    on: todayOr(reading, 'on'),
  }),
  'change-body': (reading) => ({
    party: partyIn(reading),
    decision: keyIn(reading, 'decision'),
    body: keyIn(reading, 'body'),
    reason: reasonIn(reading),
  }),

  'move-deadline': (reading) => {
    const party = keyIn(reading, 'party');
    return {
      item: reading.reader.required('item'),
      ...(party !== '' && { party: asPartyId(party) }),
      to: todayOr(reading, 'to'),
      reason: reasonIn(reading),
    };
  },
  'choose-route': (reading) => ({ route: reading.reader.required('route') }),
  pause: (reading) => ({ reason: reasonIn(reading) }),
  resume: () => ({}),
  stop: (reading) => confirmed(reading, { reason: reasonIn(reading) }),
  reopen: (reading) => ({ reason: reasonIn(reading) }),
  'record-submission': (reading) => ({ number: reading.reader.required('number', 60), on: todayOr(reading, 'on') }),
  'record-decision': (reading) => {
    const { reader } = reading;
    const outcome = reader.choice('outcome', ['granted', 'refused'] as const) ?? 'granted';
    const amount = reader.amount('amount');
    const reason = reader.text('reason');
    return {
      ...{ outcome, on: todayOr(reading, 'on') },
      ...(amount !== undefined && { amount }),
      ...(reason !== undefined && { reason }),
    };
  },

  'change-party': (reading) => {
    const { dossier, reader, upload } = reading;
    const party = dossier.state.parties[partyIn(reading)];
    if (party === undefined) return { party: partyIn(reading) };
    if ('contribution' in reader.body) {
      const contribution = reader.amount('contribution');
      if (contribution === undefined) reader.wrong('contribution', 'amount');
      return { party: party.id, contribution: contribution ?? 0 };
    }
    if (FACTS_FIELD in reader.body) return readFacts(reader, party);
    return readSessions(reader, dossier, party, upload) ?? { party: party.id };
  },
  'replace-contact': async (reading) => ({
    party: partyIn(reading),
    person: await personIn(reading, 'contact', partyIn(reading)),
  }),
  'replace-deputy': async (reading) => ({
    party: partyIn(reading),
    person: await personIn(reading, 'deputy', partyIn(reading)),
  }),
  'change-details': async (reading) => {
    const { dossier } = reading;
    const party = partyIn(reading);
    const from = asPersonId(keyIn(reading, 'from'));
    const role = dossier.state.parties[party]?.deputy === from ? 'deputy' : 'contact';
    const to = await personIn(reading, role, party, 'changedPerson');
    const isSame = isSameAddress(dossier.people.get(from)?.email, keyIn(reading, 'email'));
    return { party, from, to, address: isSame ? 'same' : 'other' };
  },
  'confirm-address': (reading) => ({ person: asPersonId(keyIn(reading, 'person')) }),
  'replace-coordinator': async (reading) => ({ person: await personIn(reading, 'coordinator') }),
  'add-party': async (reading) => {
    const party = municipalityIn(reading);
    const contact = await personIn(reading, 'contact', party);
    return { party, contact, facts: withReferenceRegion(party), ...approvalsIn(reading) };
  },
  'merge-parties': async (reading) => {
    const { dossier, reader } = reading;
    const all = municipalities(dossier.state).map(({ id }) => id);
    const parties = all.filter((id) => keyIn(reading, mergesField(id)) !== '');
    const [first] = all;
    if (parties.length === 0 && first !== undefined) reader.wrong(mergesField(first), 'merging');
    const party = municipalityIn(reading);
    // Who takes part already keeps its contact, unless another one is named.
    const keepsContact = all.includes(party) && keyIn(reading, 'name') === '' && keyIn(reading, 'email') === '';
    const contact = keepsContact ? undefined : await personIn(reading, 'contact', party);
    return {
      ...{ parties, reason: reasonIn(reading) },
      into: {
        party,
        ...(contact !== undefined && { contact }),
        ...(!all.includes(party) && { facts: withReferenceRegion(party) }),
      },
      ...approvalsIn(reading),
    };
  },
  'remove-party': (reading) =>
    confirmed(reading, { party: partyIn(reading), reason: reasonIn(reading), ...approvalsIn(reading) }),
  ...mailCommands,
} satisfies { [Type in CommandType]?: Reader<Type> };

export type FormCommand = keyof typeof formCommands;
export const isFormCommand = (name: string): name is FormCommand => Object.hasOwn(formCommands, name);
