/** What a municipality would lose here: the one mail that asks for its decision, or its patience, by getting it again and again. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connections } from '../../activities/transport.ts';
import { openStore } from '../../store/store.ts';
import { until } from '../../worker/processes.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { type Behaviour, reply, startServer } from '../mail/server.ts';
import { clockAt, contactsOf, Fleet, MORNING, pathsOf } from './fleet.ts';

const PATHS = pathsOf(60);
const RECIPIENTS = PATHS.flatMap(contactsOf);

/** Every so manieth time. */
const every = (count: number, offset = 0) => {
  let calls = offset;
  return () => (calls = (calls + 1) % count) === 0;
};

/** A mail server on a bad morning. What it had whole is kept, also when it hung up before it said so. */
function moody() {
  const arrived: { to: string; messageId: string }[] = [];
  const counts = { cutsAfterDot: 0, cutsWithin: 0, busy: 0, greylisted: 0, hungUp: 0 };
  const [hangsUp, isBusy, cutsWithin, cutsAfterDot, isGrey] = [every(9), every(37), every(53), every(41), every(4)];
  const seen = new Set<string>();
  const behaviour: Behaviour = {
    onConnect: (_session, done) => {
      if (!hangsUp()) {
        done();
        return;
      }
      counts.hungUp += 1;
      done(reply(421, 'Too many connections'));
    },
    onMailFrom: (_address, _session, done) => {
      if (!isBusy()) {
        done();
        return;
      }
      counts.busy += 1;
      done(reply(421, 'Closing'));
    },
    onRcptTo: ({ address }, _session, done) => {
      const isNew = !seen.has(address);
      seen.add(address);
      if (!isNew || !isGrey()) {
        done();
        return;
      }
      counts.greylisted += 1;
      done(reply(451, '4.7.1 Greylisted'));
    },
    cutWithin: () => {
      if (!cutsWithin()) return false;
      counts.cutsWithin += 1;
      return true;
    },
    afterData: ({ recipients, mail }) => {
      arrived.push({ to: recipients[0] ?? '', messageId: mail.messageId ?? '' });
      if (!cutsAfterDot()) return undefined;
      counts.cutsAfterDot += 1;
      return 'cut';
    },
  };
  return { arrived, counts, behaviour };
}

test(
  '780 mails due at one moment, a server in a bad mood, a worker killed twice: everybody gets the mail',
  { timeout: 300_000 },
  async () => {
    const dataDir = temporaryFolder(onTestFinished);
    const store = await openStore(join(dataDir, 'dossier.db'));
    const { arrived, counts, behaviour } = moody();
    const smtp = await startServer(behaviour);
    const fleet = await Fleet.start();
    // A minute of the paths is three seconds here: a mail server is tried again after one, five, fifteen minutes.
    await fleet.startPaths(store, PATHS, clockAt(MORNING, 20));
    let worker = fleet.startWorker(dataDir, smtp.url);
    onTestFinished(async () => {
      worker.child.kill('SIGTERM');
      await worker.ended;
      await fleet.stop();
      await smtp.close();
      await store.close();
    });
    const recipients = () => new Set(arrived.map(({ to }) => to).filter((to) => RECIPIENTS.includes(to)));
    for (const share of [0.25, 0.6]) {
      await until(() => recipients().size > share * RECIPIENTS.length, 120_000);
      worker.child.kill('SIGKILL');
      await worker.ended;
      worker = fleet.startWorker(dataDir, smtp.url);
    }
    const unsettled = async () => {
      const rows = await store.db.selectFrom('ledger').select('outcome').where('kind', '=', 'request').execute();
      return RECIPIENTS.length - rows.filter(({ outcome }) => outcome === 'accepted').length;
    };
    await until(async () => (await unsettled()) === 0, 120_000);

    expect(await unsettled(), worker.output()).toBe(0);
    expect(recipients().size).toBe(780);
    const byMail = Map.groupBy(arrived, ({ messageId }) => messageId);
    expect(byMail.size).toBe(new Set(arrived.map(({ to }) => to)).size);
    const facts = await store.ledger.factsOf([...byMail.keys()]);
    // What the server had whole and nobody noted: it was in flight when the worker was killed.
    const unnoted = [...byMail].map(([messageId, copies]) => {
      const noted = (facts.get(messageId) ?? []).filter(({ fact }) => fact === 'accepted' || fact === 'unknown').length;
      return Math.max(0, copies.length - noted);
    });
    const inFlight = unnoted.reduce((sum, each) => sum + each, 0);
    const repeats = arrived.length - byMail.size;
    expect(inFlight).toBeLessThanOrEqual(2 * connections);
    expect(repeats).toBeLessThanOrEqual(counts.cutsAfterDot + inFlight);
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
  },
);
