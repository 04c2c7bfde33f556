/** One municipality: who speaks for it, when it meets, what it contributes. */
import type { FastifyReply } from 'fastify';
import { asPartyId, type PersonId } from '../../../domain/ids.ts';
import { decisionsOf, isMunicipal, isMunicipality } from '../../../domain/lookup.ts';
import type { Party } from '../../../domain/state.ts';
import type { Person } from '../../../store/people.ts';
import { PageError } from '../failures.ts';
import { confirmation, type FieldSpec, formView, type Problem, isWrong } from '../forms/fields.ts';
import { fullDay } from '../../dutch/format.ts';
import { notesAbout } from '../../services/notes.ts';
import { concernsParty, historyOf } from '../history.ts';
import { sessionForms } from '../sessions/form.ts';
import { sendPage, type Web } from '../web.ts';
import { frameOf, type OpenPath, tabsOf } from './access.ts';
import { approvalFields, commandForms } from './command-form.ts';
import { gridCell } from './grid.ts';
import { withoutAddress } from './conditions.ts';
import { factsForm, knownFacts } from './party-facts.ts';
import { notesAddress, noteViews } from './notes-page.ts';
import { returnedMails } from './mail-facts.ts';
import { headOf } from './head.ts';
import { reachOf } from './reach.ts';

export const partyAddress = (open: OpenPath, party: string): string => `${open.home}/gemeenten/${party}`;

export function findParty({ dossier }: OpenPath, id: string): Party {
  const party = dossier.state.parties[asPartyId(id)];
  if (party === undefined || !isMunicipality(party)) throw new PageError('unknown-party');
  return party;
}

export async function sendParty(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  party: Party,
  options: { isDone: boolean; notes?: string[]; problem?: Problem },
): Promise<FastifyReply> {
  const { dossier, session } = open;
  const { state, texts, words, people } = dossier;
  const page = partyAddress(open, party.id);
  const forms = commandForms(open, page, options.problem);
  const isActive = state.ending === undefined && party.leftOn === undefined;
  const mayChange = isActive && open.mayChange;
  const hidden = { party: party.id };
  const events = await web.store.events.saidEventsOf(state.id);
  const written = await notesAbout(web.store, session, state, { party: party.id });
  const name = words.party(party.id);
  const replace = (command: 'replace-contact' | 'replace-deputy') =>
    forms.form({ command, submit: texts.text(`party.${command}`), hidden, fields: personFields(open), isQuiet: true });
  const correct = (person: PersonId | undefined, about: string) =>
    person &&
    forms.form({
      ...{ command: 'change-details', about, submit: texts.text('party.save'), isQuiet: true },
      hidden: { ...hidden, from: person },
      fields: personFields(open, people.get(person)),
    });
  const municipal = decisionsOf(state).filter((decision) => isMunicipal(state, decision));
  const view = {
    ...headOf(dossier),
    tabs: tabsOf(open, 'none'),
    ...{ name, home: open.home, isDone: options.isDone, notes: options.notes, isActive, mayChange },
    left: party.leftOn && fullDay(party.leftOn),
    contact: party.contact && people.get(party.contact),
    deputy: party.deputy && people.get(party.deputy),
    correctContact: correct(party.contact, 'contact'),
    correctDeputy: correct(party.deputy, 'deputy'),
    returned: await returnedMails(web.store, dossier, party, events),
    mailsPage: `${open.home}/mails`,
    contactReach: reachOf(dossier, party.contact, mayChange ? forms : undefined),
    deputyReach: reachOf(dossier, party.deputy, mayChange ? forms : undefined),
    replaceContact: replace('replace-contact'),
    replaceDeputy: replace('replace-deputy'),
    decisions: municipal.map((decision) => ({
      title: words.decision(decision.key).title,
      cell: gridCell(dossier, decision, party.id),
    })),
    contribution: forms.form({
      ...{ command: 'change-party', about: 'contribution', submit: texts.text('party.save'), hidden, isQuiet: true },
      fields: [
        {
          ...{ name: 'contribution', label: texts.text('party.contribution'), required: true },
          value: party.contribution === undefined ? '' : String(party.contribution),
        },
      ],
    }),
    facts: factsForm(dossier, party, forms),
    referenceRegion: party.facts.referenceRegion,
    known: knownFacts(dossier, party),
    written: noteViews(open, written),
    writeNote: notesAddress(open, party.id),
    sessions: sessionForms(dossier, party, page).map((spec) => ({
      ...spec,
      form: {
        ...formView(
          { ...spec, isQuiet: true, hidden: { ...spec.hidden, ...hidden, command: 'change-party' } },
          session.formToken,
          options.problem,
        ),
        summary: undefined,
      },
    })),
    remove: forms.form({
      ...{ command: 'remove-party', submit: texts.text('party.remove'), hidden, isQuiet: true },
      fields: [
        { name: 'reason', label: texts.text('answer.reason'), kind: 'textarea', required: true },
        ...approvalFields(open),
        confirmation(texts.text('ask.without.confirm', { party: name })),
      ],
    }),
    without: state.round?.conditions && withoutAddress(state.id, party.id),
    history: historyOf(
      dossier,
      events.filter((event) => concernsParty(event, party.id)),
    ),
  };
  return sendPage(web, reply, 'party', frameOf(open, name, isWrong(options.problem)), {
    ...view,
    summary: forms.summary(),
  });
}

export function personFields({ dossier: { texts } }: OpenPath, person?: Person): FieldSpec[] {
  const fields: FieldSpec[] = [
    { name: 'name', label: texts.text('answer.name'), autocomplete: 'off', required: true },
    { name: 'email', label: texts.text('sign-in.email'), kind: 'email', autocomplete: 'off', required: true },
    { name: 'function', label: texts.text('answer.function'), autocomplete: 'off', optional: true },
    { name: 'phone', label: texts.text('details.phone'), kind: 'tel', autocomplete: 'off', optional: true },
  ];
  const values: Record<string, string | undefined> = { ...person };
  return fields.map((field) => ({ ...field, value: values[field.name] ?? '' }));
}

/** The same where the form is about a municipality and not about a person: each label says whose name it is. */
export const contactFields = (open: OpenPath): FieldSpec[] =>
  personFields(open).map((field) => ({ ...field, label: open.dossier.texts.text(`manage.contact.${field.name}`) }));
