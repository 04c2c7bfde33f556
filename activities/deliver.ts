/** Hands a batch of messages to the mail server, once. What is to be tried again is for the workflow to say. */
import type { Instant } from '../domain/ids.ts';
import { refreshed } from '../domain/items.ts';
import type { DeliverInput, Delivery, DeliveryReport, Message } from '../domain/message.ts';
import type { Person } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import type { PathTexts, RenderedMail } from '../templates/mail-context.ts';
import { renderMail } from '../templates/render-mail.ts';
import { type Gate, inParallel } from './in-parallel.ts';
import type { Links } from './links.ts';
import { type Dossier, mailContext, readDossier } from './mail-context.ts';
import { isLockedOut } from './mail-watch.ts';
import {
  type Address,
  automaticHeaders,
  isAddress,
  messageIdOf,
  type OutgoingMail,
  senderFor,
  threadOf,
} from './outgoing.ts';
import type { SendResult } from './smtp-outcome.ts';
import type { MailTransport } from './transport.ts';

export interface DeliverTools {
  store: Store;
  transport: MailTransport;
  links: Links;
  texts: (definition: string) => PathTexts;
  sender: Address;
  /** The envelope sender of a message. */
  bounceAddress: (messageId: string) => string;
  /** Real time, for how long this may take; not the path's clock. */
  clock: () => number;
  /** How many mails are between their start and their line in the ledger at one time, over all batches of this process. */
  gate: Gate;
  /** Waits until the next mail may leave; false when that is later than `latest` (milliseconds), or when no further one should. */
  takeTurn: (latest: number) => Promise<boolean>;
  /** Called with the keys of accepted messages after each one. */
  progress: (accepted: readonly string[]) => void;
  /** True when no further message should be started. */
  isCancelled: () => boolean;
  log: (problem: { key: string; code: string; error: unknown }) => void;
}

const MINUTE = 60_000;
/** Nothing new is started after this; what is under way may then still take the transport's ten minutes. */
const START_WITHIN = 18 * MINUTE;
/** So long after its start a batch is as it was computed; later each mail is held against the record again. */
const FRESH_FOR = 2_000;
/** So many broken connections in a row say that it is not the message. */
const LOST_IN_A_ROW = 3;

/**
 * One outcome for each message, in the same order. What the ledger has as accepted is not sent again; the ledger is
 * written after each attempt, before the next one. A message that cannot be made or is refused does not hold up the
 * others. Rejects only when the store fails.
 */
export async function deliver(tools: DeliverTools, input: DeliverInput): Promise<DeliveryReport[]> {
  const batch = new Batch(tools, input, await readDossier(tools.store, tools.texts, input.path));
  await batch.begin();
  const reports = await inParallel(input.messages, tools.transport.concurrency, async (message) => ({
    key: message.key,
    ...(await batch.deliver(message)),
  }));
  return batch.judged(reports);
}

/** Not tried, or in vain for a reason that is nobody's but the server's or ours. */
const WAITS: Delivery = { outcome: 'deferred', trouble: 'server' };

class Batch {
  readonly #tools: DeliverTools;
  readonly #input: DeliverInput;
  readonly #dossier: Dossier | undefined;
  readonly #accepted: string[] = [];
  readonly #startedAt: number;
  /** Mails within which the connection broke. */
  readonly #cut = new Set<string>();
  #lostInARow = 0;
  #isStopped = false;

  constructor(tools: DeliverTools, input: DeliverInput, dossier: Dossier | undefined) {
    this.#tools = tools;
    this.#input = input;
    this.#dossier = dossier;
    this.#startedAt = tools.clock();
  }

  async begin(): Promise<void> {
    if (isLockedOut(await this.#tools.store.health.health('mail'), this.#startedAt)) this.#isStopped = true;
  }

  async deliver(message: Message): Promise<Delivery> {
    const { store, sender, gate } = this.#tools;
    const messageId = messageIdOf(message.key, sender);
    const known = await store.ledger.entry(messageId);
    if (known?.outcome === 'accepted') return this.#noteAccepted(message);
    const dossier = this.#dossier;
    if (dossier === undefined || this.#mustStop()) return WAITS;
    const person = dossier.people.get(message.to);
    const unfit = whyUnfit(message, person);
    if (person === undefined || unfit !== undefined)
      return this.#note(message, messageId, '', person, refusedHere(unfit ?? 'unknown-person'));
    if (!(await this.#tools.takeTurn(this.#startedAt + START_WITHIN))) return WAITS;
    return gate(() => this.#send(message, messageId, dossier, person));
  }

  /** Its turn has come; waiting for it may have taken long. */
  async #send(message: Message, messageId: string, dossier: Dossier, person: Person): Promise<Delivery> {
    if (this.#mustStop() || (await this.#isOutdated(message))) return WAITS;
    const rendered = await this.#render(message, dossier, person);
    if (rendered === undefined)
      return this.#note(message, messageId, '', person, { ...refusedHere('cannot-compose'), outcome: 'deferred' });
    const result = await this.#tools.transport.send(this.#compose(message, messageId, dossier, person, rendered));
    const delivery = await this.#note(message, messageId, rendered.subject, person, result);
    if (result.scope === 'connection' && delivery.trouble === 'server') this.#cut.add(message.key);
    await this.#learn(result);
    return delivery;
  }

  /**
   * A connection that broke within a mail is the server's trouble, unless the server took other mails since: then it counts as this
   * mail's, which is given up some day.
   */
  async judged(reports: DeliveryReport[]): Promise<DeliveryReport[]> {
    if (this.#cut.size === 0) return reports;
    const health = await this.#tools.store.health.health('mail');
    const isWell = health?.ok === true && Date.parse(health.checkedAt) >= this.#startedAt;
    return reports.map((report) => {
      if (!isWell || !this.#cut.has(report.key)) return report;
      const { trouble: _servers, ...own } = report;
      return own;
    });
  }

  /** In a batch that takes long somebody may answer meanwhile: the path then makes the mail anew, without what was settled. */
  async #isOutdated(message: Message): Promise<boolean> {
    if (this.#tools.clock() - this.#startedAt < FRESH_FOR) return false;
    const state = await this.#tools.store.snapshots.snapshot(message.path);
    return state !== undefined && message.items.some((item) => refreshed(state, item, this.#input.now) === undefined);
  }

  async #render(message: Message, dossier: Dossier, person: Person): Promise<RenderedMail | undefined> {
    try {
      return renderMail(message, await mailContext(dossier, this.#tools.links, message, person));
    } catch (error) {
      this.#tools.log({ key: message.key, code: 'cannot-compose', error });
      return undefined;
    }
  }

  #compose(message: Message, messageId: string, dossier: Dossier, person: Person, mail: RenderedMail): OutgoingMail {
    const coordinator = dossier.people.get(dossier.state.coordinator);
    const answers = message.role === 'coordinator' ? undefined : coordinator;
    return {
      ...mail,
      messageId,
      from: senderFor(dossier.partnership, this.#tools.sender),
      envelopeFrom: this.#tools.bounceAddress(messageId),
      to: { name: person.name, address: person.email ?? '' },
      ...(answers?.email !== undefined &&
        isAddress(answers.email) && { replyTo: { name: answers.name, address: answers.email } }),
      thread: threadOf(message.path, message.party, this.#tools.sender),
      at: this.#input.now,
      headers: { ...automaticHeaders },
    };
  }

  async #note(
    message: Message,
    messageId: string,
    subject: string,
    person: Person | undefined,
    result: SendResult,
  ): Promise<Delivery> {
    const { key, path, to, kind, day } = message;
    await this.#tools.store.ledger.noteAttempt({
      ...{ messageId, messageKey: key, path, person: to, kind, day, subject },
      address: person?.email ?? '',
      outcome: result.outcome,
      at: this.#input.now,
      code: result.code,
      response: result.response,
    });
    const { outcome, trouble } = result;
    return outcome === 'accepted' ? this.#noteAccepted(message) : { outcome, ...(trouble && { trouble }) };
  }

  #noteAccepted(message: Message): Delivery {
    this.#accepted.push(message.key);
    this.#tools.progress(this.#accepted);
    return { outcome: 'accepted' };
  }

  /** What a result says about the messages still to come, and for /readyz. */
  async #learn(result: SendResult): Promise<void> {
    this.#lostInARow = result.scope === 'connection' ? this.#lostInARow + 1 : 0;
    const isGone = result.scope === 'server' || this.#lostInARow >= LOST_IN_A_ROW;
    if (isGone) this.#isStopped = true;
    // A server that passes on nothing for us is trouble too, but it may take mail for others.
    const isDown = isGone || (result.scope === 'message' && result.trouble === 'server');
    if (!isDown && result.outcome !== 'accepted') return;
    const at = new Date(this.#tools.clock()).toISOString() as Instant;
    await this.#tools.store.health.note('mail', { ok: !isDown, code: result.code, detail: result.response, at });
  }

  #mustStop(): boolean {
    const isLate = this.#tools.clock() - this.#startedAt > START_WITHIN;
    return this.#isStopped || isLate || this.#tools.isCancelled();
  }
}

/** Why a message is not even tried. */
function whyUnfit(message: Message, person: Person | undefined): string | undefined {
  if (message.items.length === 0) return 'nothing-to-say';
  if (person === undefined) return 'unknown-person';
  if (person.email === undefined) return 'no-address';
  return isAddress(person.email) ? undefined : 'malformed-address';
}

/** Not tried at all. Who has no address that could be written to cannot be reached; the rest is a fault of this mail. */
const refusedHere = (code: string): SendResult => {
  const trouble = code.endsWith('-address') ? 'address' : 'content';
  return { outcome: 'refused', trouble, code, response: code, scope: 'message' };
};
