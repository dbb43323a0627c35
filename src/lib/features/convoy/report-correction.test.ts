import { expect, test } from 'vitest';
import type { DraftContent } from '#lib/client/state/drafts.svelte.ts';
import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import { emptyDataset } from '#lib/domain/records/read-record.ts';
import type { Words } from '#lib/ui/words.svelte.ts';
import type { ConvoyDraft } from './convoy-draft.ts';
import { readFigures } from './draft-edits.ts';
import { editsOfOpened, keepCorrection, openCorrection } from './report-correction.ts';

const words = { locale: 'en' } as Words;

/** A device that has one report, of so many trucks, and what was half typed on it. */
function device(): { operation: OpenOperation; say: (trucks: number) => void } {
  const kept = new Map<string, DraftContent>();
  const report = new Map<string, unknown>();
  let heads = {};
  const headsOf = (id: string): object | undefined => (id === 'r' ? heads : undefined);
  const say = (n: number): void => {
    report.set('r', { id: 'r', convoy: 'c', source: 's', trucks: { q: '=', n } });
    heads = { trucks: [`said ${n}`] };
  };
  say(44);
  let next = 0;
  const newId = () => `id${(next += 1)}`;
  const drafts = {
    newId,
    keep: (id: string, content: DraftContent) => kept.set(id, structuredClone(content)),
    remove: (id: string) => Promise.resolve(kept.delete(id)),
    get list() {
      return [...kept].map(([id, content]) => ({ id, savedAt: '', content }));
    },
  };
  const dataset = { ...emptyDataset(), report };
  const records = { dataset, newId, headsOf };
  return { operation: { drafts, records } as unknown as OpenOperation, say };
}

/** Types so many trucks into the correction, as the form does. */
function type(operation: OpenOperation, trucks: string): ConvoyDraft {
  const correcting = openCorrection(operation, words, 'r')!;
  const draft = { ...correcting.draft, trucks };
  keepCorrection(operation, correcting, draft);
  return draft;
}

test('a half-typed correction is found again by its report, with how it was begun', () => {
  const { operation, say } = device();
  const typed = type(operation, '46');
  say(47); // somebody else
  const again = openCorrection(operation, words, 'r')!;
  expect(again.draft).toEqual(typed);
  expect(again.opened.trucks).toBe('44');
});

test('S5: a correction is saved over what its author saw when it was begun', () => {
  const { operation, say } = device();
  type(operation, '46');
  say(47); // somebody else
  const again = openCorrection(operation, words, 'r')!;
  const figures = readFigures(again.draft);
  expect(figures.ok && editsOfOpened(again, again.draft, figures.value)).toMatchObject([
    { kind: 'report', id: 'r', seen: { trucks: ['said 44'] } },
  ]);
});

test('typed back to how it was, nothing is kept', () => {
  const { operation } = device();
  type(operation, '46');
  type(operation, '44');
  expect(operation.drafts.list).toEqual([]);
});

test('saved, and dead before its draft was gone: it is not half typed any more', () => {
  const { operation, say } = device();
  type(operation, '46');
  say(46);
  const again = openCorrection(operation, words, 'r')!;
  expect(again.opened).toEqual(again.draft);
  expect(again.draft.trucks).toBe('46');
});
