/** "Uw gegevens": who speaks for a municipality corrects the own name, function, number and address, and names a deputy. */
import type { FastifyInstance, FastifyReply, RouteShorthandOptions } from 'fastify';
import type { CommandData } from '../../../domain/commands.ts';
import { isSameAddress, type Person } from '../../../store/people.ts';
import { sendRetry } from '../answers/retry.ts';
import { type FieldSpec, formView, confirmation, type Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { refusedProblem } from '../forms/refused.ts';
import { tell, type Told } from '../tell.ts';
import { sendPage, sendTo, type Web } from '../web.ts';
import { type ContactParams, openVisit, type Visit } from './access.ts';
import { type ContactRequest, openForm, retryOf } from './form.ts';
import { visitFrame } from './frame.ts';
import { actorOf } from './person.ts';

const OWN = 'gegevens';
const DEPUTY = 'plaatsvervanger';
const NO_DEPUTY = 'geen-plaatsvervanger';

export function registerDetails(app: FastifyInstance, web: Web, limit: RouteShorthandOptions): void {
  app.get<{ Params: ContactParams }>('/m/p/:path/:nis/gegevens', async (request, reply) => {
    const query = request.query as object;
    const done = (['genoteerd', 'ongewijzigd', 'adres'] as const).find((word) => word in query);
    return sendDetails(web, reply, await openVisit(web, request), { done });
  });
  app.post<{ Params: ContactParams }>('/m/p/:path/:nis/gegevens', limit, (request, reply) =>
    takeDetails(web, request, reply),
  );
  app.post<{ Params: ContactParams }>('/m/p/:path/:nis/plaatsvervanger', limit, (request, reply) =>
    takeDeputy(web, request, reply),
  );
}

interface Shown {
  done?: 'genoteerd' | 'ongewijzigd' | 'adres' | undefined;
  problem?: Problem;
}

/** The fields of a person; those of who reads the page are filled in, and the browser may help. */
function personFields({ dossier: { texts } }: Visit, own?: Person): FieldSpec[] {
  const field = (name: 'name' | 'function' | 'email' | 'phone', autocomplete: string): FieldSpec => ({
    ...{ name, label: texts.text(`details.${name}`), value: own?.[name] ?? '' },
    autocomplete: own === undefined ? 'off' : autocomplete,
    ...(name === 'name' || name === 'email' ? { required: true } : { optional: true }),
  });
  const emailHint = texts.text(own === undefined ? 'passing-on.email-hint' : 'details.email-hint');
  return [
    field('name', 'name'),
    field('function', 'organization-title'),
    { ...field('phone', 'tel'), kind: 'tel', hint: texts.text('details.phone-hint') },
    { ...field('email', 'email'), kind: 'email', hint: emailHint },
  ];
}

function sendDetails(web: Web, reply: FastifyReply, visit: Visit, { done, problem }: Shown): FastifyReply {
  const { dossier, party, home, formToken, person } = visit;
  const { texts, people } = dossier;
  const own = people.get(person);
  const deputy = party.deputy === undefined ? undefined : people.get(party.deputy);
  const isContact = party.contact === person;
  const text = (key: string): string => texts.text(`details.${key}`);
  const form = (spec: { id: string; action: string; submit: string; fields: FieldSpec[]; isQuiet?: boolean }) =>
    formView({ ...spec, action: `${home}/${spec.action}` }, formToken, problem);
  const name = dossier.words.party(party.id);
  const view = {
    heading: text('heading'),
    home,
    isContact,
    intro: texts.text(isContact ? 'details.contact' : 'details.deputy-reads', { party: name }),
    done: done && text(`done.${done}`),
    own: form({ id: OWN, action: OWN, submit: text('submit'), fields: personFields(visit, own) }),
    deputy,
    replace: form({
      ...{ id: DEPUTY, action: DEPUTY, submit: text('deputy.submit'), isQuiet: true },
      fields: personFields(visit),
    }),
    remove:
      deputy &&
      form({
        ...{ id: NO_DEPUTY, action: DEPUTY, submit: text('deputy.remove'), isQuiet: true },
        fields: [confirmation(text('deputy.confirm'))],
      }),
    isReplacing: problem?.form === DEPUTY,
    isRemoving: problem?.form === NO_DEPUTY,
  };
  return sendPage(web, reply, 'details', visitFrame(visit, view.heading, problem), view);
}

/** What a form says of a person; undefined when something in it is wrong. */
function readPerson(reader: FormReader): Pick<Person, 'name' | 'email' | 'function' | 'phone'> | undefined {
  const name = reader.required('name', 120);
  const role = reader.text('function', { max: 120 });
  const phone = reader.phone('phone');
  const email = reader.email('email');
  if (!reader.isComplete) return undefined;
  return { name, email, ...(role !== undefined && { function: role }), ...(phone !== undefined && { phone }) };
}

async function takeDetails(web: Web, request: ContactRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { visit, body } = await openForm(web, request);
  const { dossier, party, person: from, home } = visit;
  const reader = new FormReader(body, dossier.texts);
  const commandId = reader.commandId();
  const given = readPerson(reader);
  const problem: Problem = { form: OWN, body, errors: reader.errors, commandId };
  if (given === undefined) return sendDetails(web, reply, visit, { problem });
  const own = dossier.people.get(from);
  const isSame =
    own !== undefined && (['name', 'email', 'function', 'phone'] as const).every((key) => own[key] === given[key]);
  if (isSame) return sendTo(web, reply, `${home}/gegevens?ongewijzigd`);
  const role = party.deputy === from ? 'deputy' : 'contact';
  const to = await web.store.people.changedPerson({ path: dossier.state.id, party: party.id, role, ...given });
  const address = isSameAddress(own?.email, given.email) ? 'same' : 'other';
  const told = await tell(web, dossier.state.id, commandId, actorOf(visit), {
    type: 'change-details',
    data: { party: party.id, from, to, address },
  });
  if (told.ok) return sendTo(web, reply, `${home}/gegevens?${address === 'other' ? 'adres' : 'genoteerd'}`);
  return notTaken(web, reply, visit, OWN, problem, told);
}

async function takeDeputy(web: Web, request: ContactRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { visit, body } = await openForm(web, request);
  const { dossier, party, home } = visit;
  const reader = new FormReader(body, dossier.texts);
  const commandId = reader.commandId();
  const isNobody = body['_id']?.[0] === NO_DEPUTY;
  if (isNobody) reader.confirmed();
  const given = isNobody ? undefined : readPerson(reader);
  const problem: Problem = { form: isNobody ? NO_DEPUTY : DEPUTY, body, errors: reader.errors, commandId };
  if (!reader.isComplete) return sendDetails(web, reply, visit, { problem });
  const who = { path: dossier.state.id, party: party.id, role: 'deputy' } as const;
  const person = given && (await web.store.people.changedPerson({ ...who, ...given }));
  const data: CommandData['replace-deputy'] = { party: party.id, ...(person && { person }) };
  const told = await tell(web, dossier.state.id, commandId, actorOf(visit), { type: 'replace-deputy', data });
  if (told.ok) return sendTo(web, reply, `${home}/gegevens?genoteerd`);
  return notTaken(web, reply, visit, DEPUTY, problem, told);
}

function notTaken(
  web: Web,
  reply: FastifyReply,
  visit: Visit,
  action: string,
  problem: Problem,
  told: Exclude<Told, { ok: true }>,
): FastifyReply {
  const { body, commandId = '' } = problem;
  if (told.code === 'unavailable') return sendRetry(web, reply, retryOf(visit, action, body, commandId));
  return sendDetails(web, reply, visit, { problem: refusedProblem(problem, told) });
}
