import type { PlaceView } from '#lib/client/state/views.ts';
import { firstSinceDeck, firstSinceSentence } from '#lib/statements/first-since.ts';
import { type Reader, renderAlone } from '#lib/statements/render.ts';
import { firstSinceFacts } from '#lib/statements/results.ts';
import { type WaitFacts, waitSentence, waitSinceSentence } from '#lib/statements/wait.ts';

/** What a place's page says first, and the line below it. */
export interface PlaceFinding {
  readonly headline: string;
  readonly deck: string | null;
  /** What the last delivery was, where the headline is about the wait that has gone on since. */
  readonly lastDelivery: { readonly what: string; readonly when: string } | null;
  /** It is about the wait that goes on, or about there being nothing. */
  readonly isWait: boolean;
}

function waitFacts(view: PlaceView): WaitFacts {
  const open = view.gaps?.recorded.open ?? null;
  return {
    from: open?.from.date ?? null,
    days: open?.days ?? null,
    recordsSince: view.gaps?.recordsSince ?? null,
  };
}

/**
 * The longer of the two waits is the finding: the one that the last delivery ended, or the one that
 * has gone on since. Without a delivery on record, that.
 */
export function placeFinding(
  view: PlaceView,
  reader: Reader,
  sourceName: (id: string) => string,
): PlaceFinding {
  const wait = waitFacts(view);
  const first = view.firstSince;
  if (!first || !wait.days)
    return {
      headline: renderAlone(waitSentence(wait), reader),
      deck: null,
      lastDelivery: null,
      isWait: true,
    };
  const facts = firstSinceFacts(first, sourceName);
  const others = first.localities.filter((id) => id !== view.locality.id);
  const when = renderAlone(firstSinceDeck(first.date.edtf, others), reader);
  const ended = first.since ? first.since.days[0] : 0;
  if (wait.days[1] > Math.max(ended, 0) && wait.days[1] > 0) {
    return {
      headline: renderAlone(waitSentence(wait), reader),
      deck: renderAlone(waitSinceSentence(wait), reader),
      lastDelivery: {
        what: renderAlone(firstSinceSentence(facts), reader),
        when,
      },
      isWait: true,
    };
  }
  return {
    headline: renderAlone(firstSinceSentence({ ...facts, source: null }), reader),
    deck: when,
    lastDelivery: null,
    isWait: false,
  };
}
