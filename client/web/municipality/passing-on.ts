/** "Dit is voor een collega": the contact names who takes over; the colleague gets an own link, and this one stops. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendRetry } from '../answers/retry.ts';
import { formView, type Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { refusedProblem } from '../forms/refused.ts';
import { tell } from '../tell.ts';
import { sendPage, sendTo, type Web } from '../web.ts';
import { type ContactParams, openVisit, type Visit } from './access.ts';
import { type ContactRequest, openForm, retryOf } from './form.ts';
import { visitFrame } from './frame.ts';
import { actorOf, personFor } from './person.ts';
import { whoBefore } from './who.ts';

const FORM = 'collega';

export function registerPassingOn(app: FastifyInstance, web: Web): void {
  app.get<{ Params: ContactParams }>('/m/p/:path/:nis/collega', async (request, reply) =>
    sendForm(web, reply, await openVisit(web, request), whoBefore(request)?.name),
  );
  app.post<{ Params: ContactParams }>('/m/p/:path/:nis/collega', (request, reply) => passOn(web, request, reply));
  // The link that passed on no longer opens anything, so this page needs none.
  app.get('/m/doorgegeven', (_request, reply) => {
    const title = web.pages.texts.text('passing-on.done');
    return sendPage(web, reply, 'message', { title }, messageView(web, title));
  });
}

const messageView = ({ pages: { texts } }: Web, heading: string) => ({
  heading,
  lines: [texts.text('passing-on.mail'), texts.text('passing-on.done-link')],
  action: undefined,
});

function sendForm(
  web: Web,
  reply: FastifyReply,
  visit: Visit,
  before: string | undefined,
  problem?: Problem,
): FastifyReply {
  const { texts } = web.pages;
  const { dossier, party, person, home, formToken } = visit;
  const fields = [
    { name: 'name', label: texts.text('passing-on.name'), autocomplete: 'off', required: true },
    {
      ...{ name: 'email', kind: 'email' as const, label: texts.text('passing-on.email'), autocomplete: 'off' },
      ...{ hint: texts.text('passing-on.email-hint'), required: true },
    },
    { name: 'function', label: texts.text('passing-on.function'), autocomplete: 'off', optional: true },
    {
      ...{ name: 'by', label: texts.text('passing-on.by'), hint: texts.text('passing-on.by-hint') },
      ...{ value: before ?? dossier.people.get(person)?.name ?? '', autocomplete: 'name', required: true },
    },
  ];
  const form = formView(
    { id: FORM, action: `${home}/collega`, submit: texts.text('passing-on.submit'), fields },
    formToken,
    problem,
  );
  const title = texts.text('passing-on.heading');
  return sendPage(web, reply, 'passing-on', visitFrame(visit, title, problem), {
    form,
    home,
    party: dossier.words.party(party.id),
  });
}

async function passOn(web: Web, request: ContactRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { visit, body } = await openForm(web, request);
  const { dossier, party } = visit;
  const reader = new FormReader(body, dossier.texts);
  const commandId = reader.commandId();
  const name = reader.required('name', 120);
  const email = reader.email('email');
  const role = reader.text('function', { max: 120 });
  const by = reader.required('by', 120);
  const problem: Problem = { form: FORM, body, errors: reader.errors, commandId };
  if (!reader.isComplete) return sendForm(web, reply, visit, undefined, problem);
  const person = await web.store.people.ensurePerson({
    ...{ path: dossier.state.id, party: party.id, role: 'contact', name, email },
    ...(role !== undefined && { function: role }),
  });
  const passedOnBy = await passerBy(web, visit, by, whoBefore(request));
  const told = await tell(web, dossier.state.id, commandId, actorOf(visit), {
    type: 'replace-contact',
    data: { party: party.id, person, ...(passedOnBy && { passedOnBy }) },
  });
  if (told.ok) return sendTo(web, reply, '/m/doorgegeven');
  if (told.code === 'unavailable') return sendRetry(web, reply, retryOf(visit, 'collega', body, commandId));
  return sendForm(web, reply, visit, undefined, refusedProblem(problem, told));
}

/** Who passes it on, when that is not the person that the link belongs to; the function is known from an earlier answer. */
function passerBy(web: Web, visit: Visit, name: string, before: ReturnType<typeof whoBefore>) {
  const holder = visit.dossier.people.get(visit.person);
  const known = [before, holder].find((each) => each?.name === name);
  return personFor(web, visit, name, known?.function === '' ? undefined : known?.function);
}
