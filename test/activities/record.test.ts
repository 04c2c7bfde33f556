/** What happened to a path must reach the permanent record, once, or fail in a way that operators can see. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Activities, createActivities } from '../../activities/activities.ts';
import { createNullTransport } from '../../activities/transport.ts';
import { createLinks } from '../../worker/links.ts';
import { openStore, type Store } from '../../store/store.ts';
import { createTexts } from '../../worker/texts.ts';
import { requested } from '../core/world.ts';
import { linkKeys, mailFrom } from '../mail/postman.ts';

let store: Store;
let activities: Activities;
beforeEach(async () => {
  store = await openStore(':memory:');
  activities = createActivities({
    store,
    transport: createNullTransport(),
    links: createLinks({ keys: linkKeys, publicUrl: 'https://regiopad.example.org' }),
    texts: createTexts(),
    config: { mailFrom },
  });
});
afterEach(() => store.close());

const record = (input: Parameters<Activities['record']>[0]) =>
  new MockActivityEnvironment().run((given: typeof input) => activities.record(given), input);

describe('record', () => {
  it('adds events once, however often it is called', async () => {
    const { state, events } = requested();
    await record({ path: state.id, events });
    await record({ path: state.id, events });
    expect(await store.events.lastSeq(state.id)).toBe(events.length);
  });

  it('fails by type when the record and the workflow do not agree, and may be tried again', async () => {
    const { state, events } = requested();
    await expect(record({ path: state.id, events: events.slice(1) })).rejects.toMatchObject({
      type: 'event-gap',
      nonRetryable: false,
    });
    await record({ path: state.id, events: events.slice(0, 2) });
    const forged = events
      .slice(1, 2)
      .map((event) => ({ ...event, at: state.startedAt, actor: { kind: 'system', via: 'clock' } }));
    await expect(record({ path: state.id, events: forged as typeof events })).rejects.toMatchObject({
      type: 'event-conflict',
    });
  });
});

describe('a wrong sender', () => {
  it('is found when the worker starts, not at the first mail', () => {
    const tools = {
      store,
      transport: createNullTransport(),
      links: createLinks({ keys: linkKeys, publicUrl: '' }),
      texts: createTexts(),
    };
    expect(() => createActivities({ ...tools, config: { mailFrom: 'nobody' } })).toThrow('MAIL_FROM');
  });

  it('has the drafts of a text made when it is sent, whoever sends it; the record does not wait for one that fails', async () => {
    const made: string[] = [];
    let fails = false;
    const tools: Parameters<typeof createActivities>[0] = {
      store,
      transport: createNullTransport(),
      links: createLinks({ keys: linkKeys, publicUrl: 'https://regiopad.example.org' }),
      texts: createTexts(),
      config: { mailFrom },
      keepDrafts: (path) => (fails ? Promise.reject(new Error('no template')) : Promise.resolve(void made.push(path))),
    };
    activities = createActivities(tools);
    const { state, events } = requested();
    const first = events.findIndex(({ type }) => type === 'requested');
    await record({ path: state.id, events: events.slice(0, first) });
    expect(made).toEqual([]);
    await record({ path: state.id, events: events.slice(0, first + 1) });
    expect(made).toEqual([state.id]);
    fails = true;
    await record({ path: state.id, events });
    expect(await store.events.lastSeq(state.id)).toBe(events.length);
  });
});
