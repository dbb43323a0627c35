import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openOperator } from '#lib/server/operator.ts';
import { examplePath, runCli, runCliHere } from '../../tests/support/run-cli.ts';

// Each test starts processes, on machines that do other work too.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let data: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crossline-import-'));
  data = join(folder, 'data');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = ['localities', 'organisations', 'convoy_reports', 'claims', 'populations'].map(
  (name) => examplePath(`${name}.csv`),
);
const INTO = ['--operation', 'Syria'];

describe('import', () => {
  it('2: refuses an operation that is not there, or a file that cannot be read, and writes nothing', async () => {
    expect(await runCliHere(['import', ...FILES, ...INTO], data)).toMatchObject({
      code: 2,
      out: '',
    });
    const broken = join(folder, 'broken.csv');
    writeFileSync(broken, 'name\n"Arbin\n');
    expect((await runCliHere(['import', ...FILES, broken, ...INTO, '--create'], data)).code).toBe(
      2,
    );
    const run = await runCliHere(['report', 'gaps', ...INTO], data);
    expect(run.code).toBe(2);
    expect(run.err).toContain('no operation Syria');
  });

  it('brings files into the store, once, and answers from it what the files answer', async () => {
    const first = runCli(['import', ...FILES, ...INTO, '--create', '--as', 'Archive'], data);
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^\d+ created, 0 changed, 0 unchanged \(batch [\w-]+\)\n$/);
    expect(first.err).toContain('/join#');

    const again = await runCliHere(['import', ...FILES, ...INTO], data);
    expect(again.out).toMatch(/^0 created, 0 changed, \d+ unchanged\n$/);

    const asked = ['--as-of', '2016-06-29', '--format', 'json'];
    for (const name of ['gaps', 'first-since', 'sitrep']) {
      const stored = await runCliHere(['report', name, ...asked, ...INTO], data);
      const fromFiles = FILES.flatMap((path) => ['--from', path]);
      const direct = await runCliHere(['report', name, ...asked, ...fromFiles], data);
      expect(stored.code).toBe(0);
      const withoutIds = (text: string): unknown =>
        JSON.parse(text, (key, value: unknown) =>
          ['convoy', 'claim', 'records', 'stop'].includes(key) ? undefined : value,
        );
      expect(withoutIds(stored.out)).toEqual(withoutIds(direct.out));
    }
  });

  it('says what would change, and changes nothing', async () => {
    const path = join(folder, 'more.csv');
    writeFileSync(path, 'name,pcode\nArbin,SY-1\nNewtown,SY-2\n');
    const dry = await runCliHere(['import', path, ...INTO, '--dry-run'], data);
    expect(dry.out).toBe('would be: 1 created, 1 changed, 0 unchanged\n');
    expect((await runCliHere(['import', path, ...INTO, '--dry-run'], data)).out).toBe(dry.out);
  });

  it('takes an import back, says what stays, and brings it again', async () => {
    const path = join(folder, 'mistaken.csv');
    writeFileSync(path, 'name,pcode\nMistaken,SY-9\n');
    const [, batch = ''] =
      /batch ([\w-]+)/.exec((await runCliHere(['import', path, ...INTO], data)).out) ?? [];
    const dry = await runCliHere(['import', '--undo', batch, ...INTO, '--dry-run'], data);
    expect(dry).toMatchObject({ code: 0, out: 'would be: 1 deleted, 0 put back, 0 kept\n' });
    const undone = await runCliHere(['import', '--undo', batch, ...INTO], data);
    expect(undone.out).toBe(`1 deleted, 0 put back, 0 kept (batch undo-${batch})\n`);
    expect((await runCliHere(['import', '--undo', batch, ...INTO], data)).out).toBe(
      '0 deleted, 0 put back, 0 kept\n',
    );
    const listed = (await runCliHere(['import', '--batches', ...INTO], data)).out;
    expect(listed).toContain(`{"batch":"undo-${batch}"`);
    expect(await runCliHere(['import', '--undo', 'nothing', ...INTO], data)).toMatchObject({
      code: 2,
    });
    expect(await runCliHere(['import', path, '--undo', batch, ...INTO], data)).toMatchObject({
      code: 2,
    });
  });

  it('1: rows with errors stay out, the others go in', async () => {
    const path = join(folder, 'some.csv');
    writeFileSync(path, 'name,lat\nHere,95\nThere,35\n');
    const run = await runCliHere(['import', path, ...INTO], data);
    expect(run).toMatchObject({ code: 1, out: expect.stringContaining('1 created') });
    expect(run.err).toContain('error: some.csv: row 2, column lat: "95" is out of range');
  });

  it('invites, lists devices, and revokes one', async () => {
    const link = await runCliHere(['invite', '--role', 'logger', '--name', 'Amal', ...INTO], data);
    expect(link.out).toMatch(/^https?:\/\/[^\s/]+\/join#[\w-]+\n$/);
    const listed = await runCliHere(['devices', ...INTO], data);
    const first = JSON.parse(listed.out.split('\n')[0] ?? '') as { device: string };
    expect(await runCliHere(['revoke', first.device, '--as', 'lost'], data)).toMatchObject({
      code: 0,
    });
    expect(await runCliHere(['revoke', 'nobody', '--as', 'lost'], data)).toMatchObject({ code: 2 });
  });

  it('verifies the store, and restores it from a backup', async () => {
    const file = join(folder, 'backup');
    expect(await runCliHere(['backup', file], data)).toMatchObject({ code: 0 });
    const copy = join(folder, 'copy');
    expect(await runCliHere(['restore', file], copy)).toMatchObject({ code: 0 });
    const checked = await runCliHere(['verify'], copy);
    expect(checked).toMatchObject({ code: 0, out: '' });
    expect(checked.err).toMatch(/^[1-9]\d* groups checked, 0 flaws\n$/);
    writeFileSync(file, 'no backup\n');
    const refused = await runCliHere(['restore', file], copy);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('is no backup');
    expect((await runCliHere(['restore', join(folder, 'missing')], copy)).code).toBe(2);
    const asked = ['report', 'gaps', '--format', 'csv', '--as-of', '2016-06-29', ...INTO];
    expect((await runCliHere(asked, copy)).out).toBe((await runCliHere(asked, data)).out);
  });

  it('2: guesses no operation where two have one name, and takes the id of one', async () => {
    const twins = join(folder, 'twins');
    const opened = await openOperator({ CROSSLINE_DATA: twins });
    if (!opened.ok) throw new Error(opened.error.reason);
    const made = await opened.value.createOperation('Twins');
    const other = await opened.value.createOperation('twins ');
    await opened.value.close();
    const into = (name: string) =>
      runCliHere(['import', FILES[0]!, `--operation=${name}`, '--create'], twins);
    const refused = await into('Twins');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain(made.id);
    expect(refused.err).toContain(other.id);
    expect(await into(other.id)).toMatchObject({ code: 0 });
  });

  it('3: says that the store cannot be reached', async () => {
    const notAFolder = join(folder, 'file');
    writeFileSync(notAFolder, '');
    const run = await runCliHere(['report', 'gaps', ...INTO], notAFolder);
    expect(run.code).toBe(3);
    expect(run.err).toContain('cannot reach the store');
  });
});
