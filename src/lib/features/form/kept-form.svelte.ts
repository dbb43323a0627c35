import { untrack } from 'svelte';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import type { WarningCode } from '#lib/domain/records/warnings/warning.ts';
import { warningsOfEdits } from '#lib/domain/records/warnings/warnings-of-edits.ts';
import { getWords } from '#lib/ui/words.svelte.ts';
import { knownToday } from '../convoy/today.ts';
import { getOperation } from '../operation.ts';
import { getShell } from '../shell/shell-context.ts';
import { keptEntry } from './entry-drafts.ts';
import { headsSeen, type HeadsSeen, keptHeads, overSeen } from './heads-seen.ts';
import { saveFailure } from './save-failure.ts';

interface Options<D> {
  /** What the form is of, and which record it is about: by these its draft is found again. */
  readonly form: string;
  readonly about: string;
  /** With nothing typed. */
  readonly opened: D;
  /** What was kept, to write on; null where it is nothing that this version of the form wrote. */
  readonly read: (content: Readonly<Record<string, unknown>>) => D | null;
  readonly isUntouched: (draft: D, opened: D) => boolean;
  /** Records that it corrects. */
  readonly corrects?: readonly string[];
  readonly onclose: () => void;
}

/**
 * A form that keeps itself while it is half typed, asks once about what does not fit together, and
 * lets its draft go when it was saved or discarded. Made while its component is made.
 */
export class KeptForm<D extends object> {
  draft = $state() as D;
  /**
   * How it stood when it was begun: a correction goes on from that, whatever the record says by now.
   */
  readonly opened: D;
  /** What was asked about at the last attempt to save. */
  asked = $state.raw<readonly WarningCode[]>([]);
  failure = $state<string | null>(null);
  isSaving = $state(false);
  readonly #keptAs: string;
  readonly #seen: HeadsSeen;
  readonly #onclose: () => void;
  readonly #operation = getOperation();
  readonly #shell = getShell();
  readonly #words = getWords();

  constructor({ form, about, opened, read, isUntouched, corrects = [], onclose }: Options<D>) {
    const operation = untrack(this.#operation);
    const { drafts } = operation;
    this.#onclose = onclose;
    const kept = keptEntry(drafts.list, form, about);
    const before = kept?.content['opened'];
    this.opened = (isContent(before) && read(before)) || opened;
    this.draft = (kept && read(kept.content)) ?? structuredClone(this.opened);
    this.#keptAs = kept?.id ?? drafts.newId();
    this.#seen = keptHeads(kept?.content['seen']) ?? untrack(() => headsSeen(operation, corrects));
    $effect(() => {
      const content = this.typed;
      untrack(() => {
        const isEmpty = isUntouched(content, this.opened);
        this.#shell.holdUpdate(!isEmpty);
        if (isEmpty) void drafts.remove(this.#keptAs);
        else {
          const { opened: before } = this;
          drafts.keep(this.#keptAs, { form, about, ...content, opened: before, seen: this.#seen });
        }
      });
    });
    $effect(() => () => this.#shell.holdUpdate(false));
  }

  /** What is typed could not be kept on this device. */
  get isUnkept(): boolean {
    return this.#operation().drafts.isUnkept(this.#keptAs);
  }

  /** The draft as it is now, to read. */
  get typed(): D {
    return $state.snapshot(this.draft) as D;
  }

  /**
   * Saves, and leaves. What does not fit together is asked about first: who saves again, with
   * nothing more to ask about, means it.
   */
  async save(edits: readonly RecordEdit[]): Promise<void> {
    if (this.isSaving) return;
    const { records, sync } = this.#operation();
    const { today, isTodayOffered } = knownToday(Date.now(), sync.clockError);
    const found = warningsOfEdits(edits, records.dataset, isTodayOffered ? today : undefined);
    const codes = [...new Set(found.map(({ code }) => code))];
    const isAsked = codes.every((code) => this.asked.includes(code));
    this.asked = codes;
    if (!isAsked) return;
    this.isSaving = true;
    const saved = edits.length > 0 ? await records.save(overSeen(edits, this.#seen)) : null;
    this.isSaving = false;
    const isFine = !saved || saved.ok || saved.error.type === 'nothing_to_save';
    this.failure = isFine ? null : saveFailure(saved.error, this.#words);
    if (isFine) await this.leave();
  }

  /** Lets go of what was typed, and closes. */
  async leave(): Promise<void> {
    await this.#operation().drafts.remove(this.#keptAs);
    this.#shell.holdUpdate(false);
    this.#onclose();
  }
}

const isContent = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
