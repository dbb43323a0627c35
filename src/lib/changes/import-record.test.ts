import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoingOf } from './batch.ts';
import { canonicalJson } from './canonical.ts';
import type { Change, Group, Json } from './change.ts';
import { editRecord, type EditContext } from './edit.ts';
import { foldGroups } from './fold-changes.ts';
import { conflictsOf, deletionOf, differingHeads, fieldValue } from './fold.ts';
import { importRecord } from './import-record.ts';
import { undoBatch } from './undo-batch.ts';

/** One record, written by files of two sources and by people, one after the other. */
class Writing {
  readonly groups: Group[] = [];
  #next = 0;

  context(author: string): EditContext {
    return {
      operation: 'op',
      author,
      deviceTime: '2026-06-29T12:00:00.000Z',
      schema: 1,
      newId: () => `w${String(this.#next++).padStart(6, '0')}`.padEnd(22, '_'),
    };
  }

  get states() {
    return foldGroups(this.groups).records;
  }

  get state() {
    return this.states.get('arbin');
  }

  get known() {
    return this.groups.flatMap(({ batch, changes }) =>
      changes.map((change) => ({ change, batch })),
    );
  }

  add(changes: readonly Change[], batch?: string): void {
    const id = this.context('').newId();
    const from = batch === undefined ? {} : { batch };
    this.groups.push({ id, operation: 'op', stream: 'log', device: 'd', changes, ...from });
  }

  /** Imports a version of the file; whether it changed anything. */
  bring(values: Record<string, Json>, batch: string, source = 'file'): boolean {
    const given = { kind: 'locality', id: 'arbin', values };
    const change = importRecord(this.states, this.known, given, this.context(source));
    if (change) this.add([change], batch);
    return change !== undefined;
  }

  edit(values: Record<string, Json>): void {
    const change = editRecord(this.state, 'locality', 'arbin', values, this.context('amal'));
    if (change) this.add([change]);
  }

  undo(batch: string): void {
    const { undone } = undoBatch(this.known, batch, this.states, this.context('basel'));
    const changes = undone.flatMap((one) => one.changes);
    if (changes.length > 0) this.add(changes, undoingOf(batch));
  }

  values(field: string): Json[] {
    return differingHeads(this.state!, field).map((heads) => heads[0]!.value);
  }
}

const FIELDS = ['name', 'pcode', 'kind', 'aliases'] as const;
const version = fc.record({
  name: fc.constantFrom('Arbin', 'Erbin', 'Irbin'),
  pcode: fc.constantFrom('SY1', 'SY2', 'SY3'),
  kind: fc.constantFrom('town', 'neighbourhood'),
  aliases: fc.subarray(['عربين', 'Arbeen', 'Erbeen']),
  names: fc.dictionary(fc.constantFrom('en', 'ar', 'fr'), fc.constantFrom('a', 'b', 'c'), {
    noNullPrototype: true,
  }),
});
type Step =
  | { readonly does: 'import'; readonly values: Record<string, Json>; readonly source: string }
  | { readonly does: 'edit'; readonly values: Record<string, Json> }
  | { readonly does: 'undo'; readonly back: number };
const edits = version.chain((values) =>
  fc
    .subarray(Object.keys(values), { minLength: 1 })
    .map((keys) =>
      Object.fromEntries(keys.map((key) => [key, (values as Record<string, Json>)[key]!])),
    ),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    does: fc.constant('import' as const),
    values: version,
    source: fc.constantFrom('file', 'other'),
  }),
  fc.record({ does: fc.constant('edit' as const), values: edits }),
  fc.record({ does: fc.constant('undo' as const), back: fc.nat(3) }),
);

function play(steps: readonly Step[]): Writing {
  const writing = new Writing();
  const batches: string[] = [];
  steps.forEach((one, at) => {
    if (one.does === 'edit') writing.edit(one.values);
    else if (one.does === 'import') {
      batches.push(`b${at}`);
      writing.bring(one.values, `b${at}`, one.source);
    } else {
      const batch = batches.at(-1 - one.back);
      if (batch === undefined) return;
      batches.push(undoingOf(batch));
      writing.undo(batch);
    }
  });
  return writing;
}

describe('a file that comes again', () => {
  it('changes nothing at once, whatever was before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), version, (steps, values) => {
        const writing = play(steps);
        writing.bring(values, 'now');
        expect(writing.bring(values, 'again')).toBe(false);
      }),
    );
  });

  it('changes nothing after whatever people wrote since', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 6 }),
        version,
        fc.array(edits, { maxLength: 4 }),
        (steps, values, since) => {
          const writing = play(steps);
          writing.bring(values, 'now');
          for (const one of since) writing.edit(one);
          expect(writing.bring(values, 'again')).toBe(false);
        },
      ),
    );
  });

  it('never takes what a person wrote out of sight', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), edits, version, (steps, written, values) => {
        const writing = play(steps);
        writing.edit(written);
        const isMine = (field: string): boolean =>
          writing.state!.fields[field]?.some(({ author }) => author === 'amal') ?? false;
        const mine = Object.keys(written).filter(isMine);
        const before = new Map(mine.map((field) => [field, writing.values(field)]));
        writing.bring(values, 'now');
        for (const field of FIELDS) {
          const [stood] = before.get(field) ?? [];
          if (stood === undefined) continue;
          if (field === 'aliases') {
            for (const alias of stood as string[])
              expect(writing.values(field).flat()).toContain(alias);
          } else expect(writing.values(field)).toContainEqual(stood);
        }
      }),
    );
  });

  it('brings its own news where nobody wrote anything', () => {
    fc.assert(
      fc.property(fc.array(version, { minLength: 1, maxLength: 5 }), (versions) => {
        const writing = new Writing();
        versions.forEach((values, at) => writing.bring(values, `b${at}`));
        const { name, pcode, kind } = versions.at(-1)!;
        expect(conflictsOf(writing.state!)).toEqual([]);
        expect(['name', 'pcode', 'kind'].map((f) => fieldValue(writing.state!, f))).toEqual([
          name,
          pcode,
          kind,
        ]);
        const aliases = new Set(versions.flatMap((one) => one.aliases));
        expect(new Set((fieldValue(writing.state!, 'aliases') ?? []) as string[])).toEqual(aliases);
      }),
    );
  });
});

describe('three values meet in a field', () => {
  it('is a conflict where the file and a person both changed it, settled once', () => {
    const writing = new Writing();
    writing.bring({ name: 'Arbin', pcode: 'SY1' }, 'b1');
    writing.edit({ pcode: 'SY7' });
    writing.bring({ name: 'Arbin', pcode: 'SY2' }, 'b2');
    expect(new Set(writing.values('pcode'))).toEqual(new Set(['SY7', 'SY2']));
    writing.edit({ pcode: 'SY7' });
    expect(writing.values('pcode')).toEqual(['SY7']);
    expect(writing.bring({ name: 'Arbin', pcode: 'SY2' }, 'b3')).toBe(false);
  });

  it('is a conflict where a person wrote before any file did, and none where both agree', () => {
    const writing = new Writing();
    writing.edit({ name: 'Arbin', pcode: 'SY7' });
    writing.bring({ name: 'Arbin', pcode: 'SY2' }, 'b1');
    expect(conflictsOf(writing.state!)).toEqual(['pcode']);
    expect(writing.bring({ name: 'Arbin', pcode: 'SY2' }, 'b2')).toBe(false);
  });

  it('adds names by language beside those that people added', () => {
    const writing = new Writing();
    writing.bring({ name: 'Arbin', names: { ar: 'عربين' } }, 'b1');
    writing.edit({ names: { ar: 'عربين', fr: 'Erbine' } });
    writing.bring({ name: 'Arbin', names: { ar: 'عربين', en: 'Arbin' } }, 'b2');
    expect(writing.values('names')).toEqual([{ ar: 'عربين', fr: 'Erbine', en: 'Arbin' }]);
    writing.bring({ name: 'Arbin', names: { ar: 'عربيل', en: 'Arbin' } }, 'b3');
    expect(writing.values('names')).toEqual([{ ar: 'عربيل', fr: 'Erbine', en: 'Arbin' }]);
    writing.bring({ name: 'Arbin', names: { fr: 'Arbine' } }, 'b4');
    expect(conflictsOf(writing.state!)).toEqual(['names']);
  });

  it('does not give back an alias that a person took away', () => {
    const writing = new Writing();
    writing.bring({ name: 'Arbin', aliases: ['Erbin', 'Irbin'] }, 'b1');
    writing.edit({ aliases: ['Erbin'] });
    expect(writing.bring({ name: 'Arbin', aliases: ['Erbin', 'Irbin'] }, 'b2')).toBe(false);
    writing.bring({ name: 'Arbin', aliases: ['Erbin', 'Irbin', 'Arbeen'] }, 'b3');
    expect(writing.values('aliases')).toEqual([['Erbin', 'Arbeen']]);
  });

  it('names nothing else where a place was merged into the one that the file now finds', () => {
    const writing = new Writing();
    const place = (id: string, values: Record<string, Json>): void => {
      const change = editRecord(
        writing.states.get(id),
        'locality',
        id,
        values,
        writing.context('a'),
      );
      if (change) writing.add([change]);
    };
    const report = (localities: string[]) =>
      importRecord(
        writing.states,
        writing.known.filter(({ change }) => change.record === 'r1'),
        { kind: 'report', id: 'r1', values: { localities } },
        writing.context('file'),
      );
    place('one', { name: 'Arbin' });
    place('two', { name: 'Erbin' });
    writing.add([report(['one'])!], 'b1');
    place('one', { _mergedInto: 'two' });
    expect(report(['two'])).toBeUndefined();
  });

  it('comes again after its import was undone, and not where a person deleted it', () => {
    const writing = new Writing();
    writing.bring({ name: 'Arbin', pcode: 'SY1' }, 'b1');
    writing.undo('b1');
    expect(deletionOf(writing.state!)).toBe('deleted');
    expect(writing.bring({ name: 'Arbin', pcode: 'SY2' }, 'b2')).toBe(true);
    expect(deletionOf(writing.state!)).toBe('live');
    expect(canonicalJson(writing.values('pcode'))).toBe('["SY2"]');
    writing.edit({ _deleted: true });
    expect(writing.bring({ name: 'Arbin', pcode: 'SY2' }, 'b3')).toBe(false);
  });
});
