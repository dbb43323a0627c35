import type { LensChoice } from '#lib/client/state/lens-choice.ts';
import { dayToIso } from '#lib/domain/dates/day.ts';
import { lensPhrase } from '#lib/statements/lens.ts';
import { render, type Reader } from '#lib/statements/render.ts';

/** The lens in words: "food deliveries to besieged places in Eastern Ghouta, UN, 1 January …". */
export function lensText(choice: LensChoice, reader: Reader): string {
  const { language } = reader;
  const phrase = lensPhrase(choice.deliveries);
  const places = language.t(`lensBar.places.${choice.status}`);
  return language.t('lensBar.summary', {
    deliveries: phrase ? render(phrase, reader) : '',
    places:
      choice.area === null ? places : language.t('lensBar.placesIn', { places, area: choice.area }),
    classifier: choice.classifier,
    from: language.date(dayToIso(choice.since)),
    to: language.date(dayToIso(choice.asOf)),
  });
}
