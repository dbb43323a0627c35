import type { QuarantineCode } from '#lib/protocol/codes.ts';
import type { Fresh } from './sort-pushes.ts';

/** Tells the device that brought it that a group was set aside, and why. */
export function refuse(fresh: Fresh, id: string, code: QuarantineCode): void {
  fresh.remarks.refused.push({ id, code, ...(fresh.n === undefined ? {} : { n: fresh.n }) });
}
