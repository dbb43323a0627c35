import type { RecordKind } from '#lib/domain/records/registry.ts';

type Values = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): string =>
  Array.isArray(value) ? value.map(text).sort().join(',') : '';
const folded = (value: unknown): string => text(value).normalize('NFC').trim().toLowerCase();

/**
 * What a record of a file is known by when it comes again (docs/cli.md): a report by convoy, source
 * and scope, a population by date, series, places or total, and kind, and so on. Undefined where a
 * kind has none, or the record lacks what makes it up. Localities are known by their names alone
 * (places.ts).
 */
export function naturalKey(kind: RecordKind, values: Values): string | undefined {
  const parts = keyParts(kind, values);
  return parts?.some((part) => part !== '') ? parts.join('|') : undefined;
}

function keyParts(kind: RecordKind, v: Values): readonly string[] | undefined {
  switch (kind) {
    case 'convoy':
      return [text(v.eventKey)];
    case 'source':
      return v.kind === 'published' || v.kind === undefined ? [text(v.url) || text(v.title)] : [];
    case 'report':
      return [text(v.convoy), text(v.source), text(v.scope) || 'convoy'];
    case 'claim':
      return [text(v.convoy), text(v.text), text(v.source)];
    case 'accessStatus':
      return [text(v.locality), text(v.from), folded(v.classifier)];
    case 'population': {
      const where = list(v.localities) || text(v.total);
      return [text(v.asOf), folded(v.series), where, text(v.kind) || 'resident'];
    }
    case 'organisation':
      return [folded(v.acronym) || folded(v.name)];
    case 'stop':
      return [text(v.convoy), list(v.localities)];
    case 'itemLine':
      return [text(v.convoy), text(v.item), text(v.stage), list(v.localities)];
    case 'milestone':
      return [text(v.date), JSON.stringify(v.labels ?? {})];
    default:
      return undefined;
  }
}
