import { randomId } from '#lib/crypto/random.ts';
import type { Cipher } from '../db/cipher.ts';
import type { DraftDatabase } from '../db/database.ts';
import { putDraft, readDrafts, type StoredDraft } from '../db/drafts.ts';

/** What was typed into a form; the form alone knows its shape. */
export type DraftContent = Readonly<Record<string, unknown>>;
export type Draft = StoredDraft<DraftContent>;

const PAUSE = 500;
/** Who types without a pause loses no more than this either. */
const LONGEST = 900;

/**
 * Half-typed work, sealed at every pause of half a second: lost is at most a second of typing. A
 * form calls `keep` at every input; locking calls `flush`.
 */
export class Drafts {
  /** The newest first. */
  list = $state.raw<readonly Draft[]>([]);
  /** Drafts that could not be written: they are in memory alone until they can. */
  #unkept = $state.raw<ReadonlySet<string>>(new Set());
  readonly #db: DraftDatabase;
  readonly #cipher: Cipher;
  readonly #waiting = new Map<string, { draft: Draft; timer: number; since: number }>();
  #writing: Promise<void> = Promise.resolve();

  constructor(db: DraftDatabase, cipher: Cipher) {
    this.#db = db;
    this.#cipher = cipher;
  }

  newId(): string {
    return randomId();
  }

  async load(): Promise<void> {
    this.list = await readDrafts<DraftContent>(this.#db, this.#cipher);
  }

  find(id: string): Draft | undefined {
    return this.list.find((draft) => draft.id === id);
  }

  /** Whether what is typed could not be written to this device when it was last tried (it is full). */
  isUnkept(id: string): boolean {
    return this.#unkept.has(id);
  }

  /** Remembers this content, and writes it when the person pauses. */
  keep(id: string, content: DraftContent): void {
    const before = this.#waiting.get(id);
    if (before) clearTimeout(before.timer);
    const now = Date.now();
    const since = before?.since ?? now;
    const draft: Draft = {
      id,
      savedAt: new Date(now).toISOString(),
      content: $state.snapshot(content) as DraftContent,
    };
    const delay = Math.max(0, Math.min(PAUSE, since + LONGEST - now));
    const timer = window.setTimeout(() => void this.#write(id), delay);
    this.#waiting.set(id, { draft, timer, since });
  }

  /** Writes what is still waiting for a pause. */
  async flush(): Promise<void> {
    await Promise.all([...this.#waiting.keys()].map((id) => this.#write(id)));
    await this.#writing;
  }

  async remove(id: string): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (waiting) clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    this.list = this.list.filter((draft) => draft.id !== id);
    this.#note(id, true);
    this.#writing = this.#writing.then(() => this.#db.drafts.delete(id)).catch(ignoreClosed);
    await this.#writing;
  }

  async #write(id: string): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    const { draft } = waiting;
    this.list = [draft, ...this.list.filter((other) => other.id !== id)];
    this.#writing = this.#writing.then(async () => {
      const isKept = await putDraft(this.#db, this.#cipher, draft).then(
        () => true,
        () => false,
      );
      // Removed or typed over meanwhile: then this is not what counts any more.
      if (this.list.includes(draft)) this.#note(id, isKept, draft);
    });
    await this.#writing;
  }

  /** What could not be written is tried again at the next pause, and before locking. */
  #note(id: string, isKept: boolean, draft?: Draft): void {
    if (isKept === this.#unkept.has(id)) {
      const others = [...this.#unkept].filter((other) => other !== id);
      this.#unkept = new Set(isKept ? others : [...others, id]);
    }
    if (isKept || !draft || this.#waiting.has(id)) return;
    this.#waiting.set(id, { draft, timer: 0, since: Date.now() });
  }
}

/** A draft that cannot be removed now is found again, and can be removed then. */
function ignoreClosed(): void {
  return undefined;
}
