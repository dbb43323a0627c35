import { ANY_DELIVERY } from '#lib/domain/access/lens.ts';
import type { Access } from './access.svelte.ts';
import {
  areasOf,
  type LensChoice,
  periodBefore,
  sectorsOf,
  seriesOf,
  statusesOf,
  usualSince,
} from './lens-choice.ts';
import type { Records } from './records.svelte.ts';

/** What stands beside what is looked at: another classifier, another period, or nothing. */
export type Beside = 'nothing' | 'classifier' | 'period';

type Own = Partial<Omit<LensChoice, 'asOf' | 'classifier'>>;

/**
 * The lens of an open operation. It lives in memory alone and ends with the lock: what somebody
 * looks for tells as much as what is recorded.
 */
export class LensState {
  #own = $state.raw<Own>({});
  #beside = $state.raw<Partial<LensChoice> | null>(null);
  readonly #access: Access;
  readonly #records: Records;

  constructor(access: Access, records: Records) {
    this.#access = access;
    this.#records = records;
  }

  readonly #choice = $derived.by((): LensChoice => {
    const { asOf, classifier } = this.#access;
    return {
      since: usualSince(asOf),
      series: this.series[0] ?? null,
      status: this.statuses.includes('besieged') ? 'besieged' : 'any',
      area: null,
      deliveries: ANY_DELIVERY,
      ...this.#own,
      asOf,
      classifier,
    };
  });

  get choice(): LensChoice {
    return this.#choice;
  }

  /** What stands beside it; null: nothing does. */
  get other(): LensChoice | null {
    return this.#beside && { ...this.#choice, ...this.#beside };
  }

  get besides(): Beside {
    if (!this.#beside) return 'nothing';
    return 'classifier' in this.#beside ? 'classifier' : 'period';
  }

  get isUsual(): boolean {
    return Object.keys(this.#own).length === 0 && this.#beside === null;
  }

  readonly areas = $derived.by(() => areasOf(this.#records.dataset));
  readonly series = $derived.by(() => seriesOf(this.#records.dataset));
  readonly statuses = $derived.by(() => statusesOf(this.#records.dataset));
  readonly sectors = $derived.by(() => sectorsOf(this.#access.accessRecords));
  readonly organisations = $derived.by(() =>
    [...this.#records.dataset.organisation.values()].sort((a, b) =>
      (a.acronym ?? a.name).localeCompare(b.acronym ?? b.name, 'en'),
    ),
  );
  get classifiers(): readonly string[] {
    const { classifiers, classifier } = this.#access;
    return classifiers.includes(classifier) ? classifiers : [classifier, ...classifiers];
  }

  /** Looks through another lens; the as-of date and the classifier are those of every screen. */
  look({ asOf, classifier, ...own }: Partial<LensChoice>): void {
    if (asOf !== undefined) this.#access.asOf = asOf;
    if (classifier !== undefined) this.#access.classifier = classifier;
    this.#own = { ...this.#own, ...own };
  }

  /** Puts another classifier or another period beside; by default the one before. */
  compare(beside: Beside): void {
    if (beside === 'nothing') this.#beside = null;
    else if (beside === 'period') this.#beside = periodBefore(this.#choice);
    else {
      const other = this.classifiers.find((one) => one !== this.#choice.classifier);
      this.#beside = { classifier: other ?? this.#choice.classifier };
    }
  }

  lookBeside(other: Partial<LensChoice>): void {
    this.#beside = { ...this.#beside, ...other };
  }

  /** Back to what is looked at without a choice. The as-of date stays: it is no part of the lens. */
  clear(): void {
    this.#own = {};
    this.#beside = null;
  }
}
