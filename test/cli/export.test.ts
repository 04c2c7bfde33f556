/** A dossier that cannot be taken out without a browser, is half there, or is not the one that the pages give. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../store/store.ts';
import { unzipped } from '../dossier/zips.ts';
import { ASSE, fakePaths, PATH, startPath } from '../web/harness.ts';
import { asInstant } from '../../domain/ids.ts';
import { run } from './run.ts';

const data = mkdtempSync(join(tmpdir(), 'regiopad-export-'));
const LONG = { timeout: 180_000 };
const exported = (...words: string[]) => run(['export', ...words], { REGIOPAD_DATA: data });
const at = (name: string): string => join(data, name);

beforeAll(async () => {
  const now = () => asInstant(Date.parse('2031-02-12T09:00:00.000Z'));
  const store = await openStore(at('dossier.db'), { now });
  await startPath(store, fakePaths(store, now));
  const file = { path: PATH, kind: 'evidence', party: ASSE, mediaType: 'application/pdf', createdBy: 'x' } as const;
  await store.documents.addDocument({ ...file, name: 'besluit.pdf', content: Buffer.from('%PDF besluit') });
  const note = { id: 'n', path: PATH, account: 'a', author: 'Sofie', via: 'web' } as const;
  await store.notes.add({ ...note, text: 'Belt terug.' });
  await store.close();
}, 60_000);
afterAll(() => {
  rmSync(data, { recursive: true, force: true });
});

describe('the dossier of a path', () => {
  test('is the same record as JSON and in the archive, with notes', LONG, async () => {
    const printed = await exported(PATH);
    expect(printed.code).toBe(0);
    const record = JSON.parse(printed.stdout) as { events: unknown; notes: unknown; format: string };
    expect(record).toMatchObject({ format: 'regiopad-dossier-2', notes: [{ text: 'Belt terug.' }] });

    const zipped = await exported(PATH, '--zip', '--out', at('noordrand.zip'));
    expect(zipped).toMatchObject({
      code: 0,
      stdout: '',
      stderr: `${PATH} with 1 files is in ${at('noordrand.zip')}\n`,
    });
    expect(statSync(at('noordrand.zip')).mode & 0o077).toBe(0);
    const files = unzipped(readFileSync(at('noordrand.zip')));
    const json = (name: string): unknown => JSON.parse(files.get(`gegevens/${name}.json`)!.toString());
    expect(json('gebeurtenissen')).toEqual(record.events);
    expect(json('notities')).toEqual(record.notes);
    expect(files.get('index.html')!.toString()).toContain('Cultuur Noordrand');
    expect([...files.values()].map(String)).toContain('%PDF besluit');
  });

  test('that is not there, or has no place to go, is said in one line', LONG, async () => {
    for (const zip of [[], ['--zip']]) {
      expect(await exported('nergens-2033', ...zip)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^nergens-2033: No such path/) as unknown,
      });
      const nowhere = await exported(PATH, ...zip, '--out', at('weg/dossier'));
      expect(nowhere).toMatchObject({ code: 2, stdout: '' });
      expect(nowhere.stderr).toMatch(/^--out .*weg\/dossier: expected a file that can be written .*ENOENT/);
      expect((await exported(PATH, ...zip, '--out', data)).stderr).toContain('expected a file that can be written');
    }
    expect((await exported(PATH, '--out', ' ')).stderr).toBe('--out: expected the name of a file\n');
    expect(existsSync(`${data}.part`)).toBe(false);
    expect(readdirSync(data).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
