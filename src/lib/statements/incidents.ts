import type {
  IncidentNearDelivery,
  IncidentsNearDeliveries,
} from '#lib/domain/access/incidents.ts';
import { caveatSentence } from './caveats.ts';
import { onDate } from './dates.ts';
import { type Bounds, daysLength } from './length.ts';
import { localitiesPart, type Part, sentence, type Sentence } from './sentence.ts';
import { vocabularyWord } from './vocabulary.ts';

/** How near is near (indicator 9). */
const HOURS = 72;

/** "3 incidents on our record within 72 hours of a delivery …; no cause is implied" (indicator 9). */
export function findingOfIncidents({
  entries,
}: Pick<IncidentsNearDeliveries, 'entries'>): Sentence {
  const count = new Set(entries.map(({ incident }) => incident)).size;
  return count === 0
    ? sentence('incidents.none', { hours: HOURS })
    : sentence('incidents.finding', { count, hours: HOURS });
}

/** "On 12 June 2016, Darayya: active hostilities (reported), 2 days after the delivery on 10 June 2016". */
export function incidentSentence(found: IncidentNearDelivery): Sentence {
  const { date, localities, certainty } = found;
  const words = sentence('incidents.line', {
    on: onDate(date.edtf),
    places: localities.length > 0 ? localitiesPart(localities) : sentence('incidents.byConvoy'),
    what: whatPart(found),
    near: nearPart(found),
  });
  return certainty === 'possible' ? sentence('incidents.possible', { sentence: words }) : words;
}

/** What has to be said beside the list: dates and outcomes that are not certain, each once. */
export function incidentCaveatSentences(
  entries: readonly Pick<IncidentNearDelivery, 'caveats'>[],
): readonly Sentence[] {
  const said = new Map(
    entries
      .flatMap(({ caveats }) => caveats)
      .map((caveat) => {
        const words = caveatSentence(caveat);
        return [JSON.stringify(words), words] as const;
      }),
  );
  return [...said.values()];
}

function whatPart({ constraint, verification }: IncidentNearDelivery): Part {
  const kind = constraint ? vocabularyWord('constraint', constraint) : sentence('incidents.noKind');
  if (!verification) return kind;
  return sentence('incidents.what', {
    constraint: kind,
    verification: vocabularyWord('verification', verification),
  });
}

/** When it was, seen from the delivery: nothing says that one brought the other about. */
function nearPart({ side, days, deliveryDate }: IncidentNearDelivery): Sentence {
  const on = onDate(deliveryDate.edtf);
  if (side === 'same_day' || side === 'unclear') return sentence(`incidents.${side}`, { on });
  const apart: Bounds = side === 'before' ? [-days[1], -days[0]] : days;
  return sentence(`incidents.${side}`, { on, length: daysLength(apart) });
}
