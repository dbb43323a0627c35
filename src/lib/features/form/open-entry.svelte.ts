import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { RecordEdit, SaveError } from '#lib/client/state/records-api.ts';
import { keptEntry } from './entry-drafts.ts';

type Deleted = Pick<RecordEdit, 'kind' | 'id'>;

/** Of a page with lists: the one form that is open in it, and what was deleted last. */
export class OpenEntry {
  /** The form of a new record (`status`), or the id of the record that is corrected. */
  current = $state<string | null>(null);
  deleted = $state.raw<Deleted | null>(null);
  readonly #operation: () => OpenOperation;

  constructor(operation: () => OpenOperation) {
    this.#operation = operation;
  }

  /** What was half typed opens itself again: by form, about the page or about one of its records. */
  resume(form: string, about: string, records: Iterable<{ readonly id: string }>): void {
    const { list } = this.#operation().drafts;
    if (this.current !== null || list.length === 0) return;
    if (keptEntry(list, form, about)) this.current = form;
    for (const { id } of records) if (keptEntry(list, form, id)) this.current = id;
  }

  open(what: string): void {
    this.current = what;
    this.deleted = null;
  }

  close(): void {
    this.current = null;
  }

  /** Deletes a record, to be brought back as long as the page is open (and from its history after). */
  async delete({ kind, id }: Deleted): Promise<SaveError | null> {
    const saved = await this.#operation().records.save([{ kind, id, values: { _deleted: true } }]);
    if (!saved.ok) return saved.error;
    this.deleted = { kind, id };
    return null;
  }

  async bringBack(): Promise<SaveError | null> {
    if (!this.deleted) return null;
    const saved = await this.#operation().records.save([
      { ...this.deleted, values: { _deleted: false } },
    ]);
    if (!saved.ok) return saved.error;
    this.deleted = null;
    return null;
  }
}
