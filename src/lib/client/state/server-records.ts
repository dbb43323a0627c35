import type * as v from 'valibot';
import type { Group } from '#lib/changes/change.ts';
import { fromBase64Url } from '#lib/crypto/encoding.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { doneResponse } from '#lib/protocol/wire-people.ts';
import {
  historyResponse,
  type HistoryResponse,
  quarantineResponse,
  type QuarantineResponse,
} from '#lib/protocol/wire-records.ts';
import { readSigned } from '../sync/signed-groups.ts';
import type { Asking } from '../sync/transport.ts';

export interface AsideOnServer {
  readonly entry: QuarantineResponse['entries'][number];
  /** What it says, where it can be read and this person may. */
  readonly group: Group | undefined;
}

/** What lies on the server alone, asked for when somebody looks; undefined: it cannot be reached. */
export class ServerRecords {
  readonly #asking: Asking;

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  /** The groups that touch a record, oldest first, as far as this person may read them. */
  groupsOf(record: string): Promise<readonly Group[] | undefined> {
    return this.#history({ record });
  }

  /** The groups that touch any record that a batch touched. */
  groupsAround(batch: string): Promise<readonly Group[] | undefined> {
    return this.#history({ batch });
  }

  async #history(
    of: { readonly record: string } | { readonly batch: string },
  ): Promise<readonly Group[] | undefined> {
    const found: Group[] = [];
    let after: number | null = null;
    do {
      const page: HistoryResponse | undefined = await this.#ask(
        PATHS.history,
        { ...of, ...(after === null ? {} : { after }) },
        historyResponse,
      );
      if (!page) return undefined;
      for (const { signed } of page.groups) {
        const group = groupIn(signed);
        if (group) found.push(group);
      }
      after = page.next;
    } while (after !== null);
    return found;
  }

  /** What the server set aside and nobody has dealt with, newest first, the first page of it. */
  async aside(): Promise<readonly AsideOnServer[] | undefined> {
    const page = await this.#ask(PATHS.quarantine, {}, quarantineResponse);
    return page?.entries.map((entry) => ({
      entry,
      group: entry.signed === null ? undefined : groupIn(entry.signed),
    }));
  }

  /**
   * A person has dealt with it, and why; `correction`: the group that stands in its place. `unknown`:
   * the server has nothing under this id that anybody could deal with.
   */
  async settle(
    id: string,
    reason: string,
    correction?: string,
  ): Promise<'settled' | 'unknown' | 'failed'> {
    const body = { id, reason, ...(correction === undefined ? {} : { correction }) };
    const { transport, token } = this.#asking;
    const answered = await transport.post(PATHS.settle, token(), body, doneResponse);
    if (answered.type === 'answer') return 'settled';
    return answered.type === 'refused' && answered.code === 'not_found' ? 'unknown' : 'failed';
  }

  async #ask<T>(
    path: string,
    body: unknown,
    schema: v.GenericSchema<unknown, T>,
  ): Promise<T | undefined> {
    const { transport, token } = this.#asking;
    const answered = await transport.post(path, token(), body, schema);
    return answered.type === 'answer' ? answered.body : undefined;
  }
}

function groupIn(signed: string): Group | undefined {
  const bytes = fromBase64Url(signed);
  return bytes && readSigned(bytes);
}
