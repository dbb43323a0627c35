import type { LensChoice } from '#lib/client/state/lens-choice.ts';
import { type Day, dayToIso } from '#lib/domain/dates/day.ts';
import { lensPhrase } from '#lib/statements/lens.ts';
import { type RecordsReach, recordsReachSentence } from '#lib/statements/records-reach.ts';
import { render, renderAlone, renderPart, type Reader } from '#lib/statements/render.ts';
import { classifierPart } from '#lib/statements/where.ts';

/** "food " as it stands beside the word delivery; of any delivery, nothing. */
export function lensWords(deliveries: LensChoice['deliveries'], reader: Reader): string {
  const phrase = lensPhrase(deliveries);
  return phrase ? render(phrase, reader) : '';
}

/** The lens in words: "food deliveries to besieged places in Eastern Ghouta, UN, 1 January …". */
export function lensText(choice: LensChoice, reader: Reader): string {
  const { language } = reader;
  const places = language.t(`lensBar.places.${choice.status}`);
  return language.t('lensBar.summary', {
    deliveries: lensWords(choice.deliveries, reader),
    places:
      choice.area === null ? places : language.t('lensBar.placesIn', { places, area: choice.area }),
    classifier: renderPart(classifierPart(choice.classifier), reader),
    from: language.date(dayToIso(choice.since)),
    to: language.date(dayToIso(choice.asOf)),
  });
}

/**
 * Below every picture and in its files: through which lens it was made, where not of everything, and
 * how far the records reach; null: nothing is on record.
 */
export function sourceLine(
  choice: LensChoice | null,
  recordsTo: Day | null,
  silent: RecordsReach['silent'],
  reader: Reader,
): string {
  const { language } = reader;
  if (recordsTo === null) return language.t('access.empty');
  const reach = `${renderAlone(recordsReachSentence({ to: dayToIso(recordsTo), silent }), reader)}.`;
  if (!choice) return reach;
  return `${language.t('lensBar.showing', { lens: lensText(choice, reader) })}. ${reach}`;
}
