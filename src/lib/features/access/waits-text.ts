import type { LensResults } from '#lib/client/state/lens-results.svelte.ts';
import { firstSinceFacts } from '#lib/statements/results.ts';
import { firstSinceOfPlaces } from '#lib/statements/first-since.ts';
import { type Reader, renderAlone } from '#lib/statements/render.ts';
import { waitOfPlaces } from '#lib/statements/wait.ts';

type Found = Pick<LensResults, 'waits' | 'firstSince' | 'choice'>;

/** The wait that has gone on longest, as one sentence; places without a record are no wait. */
export function longestWait({ waits, choice }: Found, reader: Reader): string | null {
  const first = waits.find(({ open, isRanked }) => open && isRanked);
  if (!first?.open) return null;
  const same = waits.filter(
    ({ open, isRanked }) => isRanked && String(open?.days) === String(first.open?.days),
  );
  const facts = {
    from: first.open.from.date,
    days: first.open.days,
    lens: choice.deliveries,
    recordsSince: same.every(({ gaps }) => gaps?.recordsSince)
      ? (first.gaps?.recordsSince ?? null)
      : null,
  };
  return renderAlone(
    waitOfPlaces(
      same.map(({ locality }) => locality),
      facts,
    ),
    reader,
  );
}

/** The delivery of the period that ended the longest wait; one that is first on record ended none. */
export const longestEndedOf = ({ firstSince }: Pick<Found, 'firstSince'>) =>
  firstSince.find(({ since }) => since !== null);

/** The longest wait that a delivery of the period ended: "Arbin and Zamalka: first delivery since …". */
export function longestEnded(
  { firstSince }: Found,
  reader: Reader,
  sourceName: (id: string) => string,
): string | null {
  const longest = longestEndedOf({ firstSince });
  return longest
    ? renderAlone(firstSinceOfPlaces(firstSinceFacts(longest, sourceName)), reader)
    : null;
}
