import { type Amount, LONG_NAMES, randomFrom } from './amounts.ts';

const OPERATION = {
  name: 'Another amount',
  names: { en: 'Another amount', ar: 'كمية أخرى', fr: 'Une autre quantité' },
  country: 'SYR',
  languages: ['en', 'ar'],
  defaultClassifier: 'UN',
  asOf: '2016-06-30',
  files: ['localities.csv', 'convoy_reports.csv', 'populations.csv'],
  milestones: [],
};

const HEADS: Readonly<Record<string, string>> = {
  'localities.csv': 'name,name_ar,kind,parent_area,lat,lon',
  'convoy_reports.csv':
    'event_key,date,status,outcome_as_reported,scope,modality,localities,trucks,people,people_kind,organisations,sectors,items,claim,source_title,source_url,source_publisher',
  'populations.csv':
    'as_of,series,status,localities,area,total,people,kind,besieging_party,source_title,source_url',
};

type Rows = Readonly<Record<string, readonly string[]>>;

/** One place, besieged, with one delivery in a month of which nobody knows the day. */
const ONE: Rows = {
  'localities.csv': ['Madaya,مضايا,town,,33.69,36.10'],
  'convoy_reports.csv': [
    'one,2016-02,delivered,,convoy,cross_line,Madaya,,,,,FSC,,,A page,https://example.org/one,A page',
  ],
  'populations.csv': [
    '2015-12,UN,besieged,Madaya,,,42000,resident,,A page,https://example.org/people',
  ],
};

const PLACES = 90;
const CONVOYS = 6;
const STATUSES = ['besieged', 'besieged', 'hard_to_reach', 'accessible'] as const;
const OUTCOMES = ['delivered', 'delivered', 'partially_delivered', 'denied', 'aborted'] as const;

/** Long names, many places, huge and missing figures, dates of all precisions. */
function farTooMuch(): Rows {
  const random = randomFrom(11);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const nameOf = (index: number): string => LONG_NAMES[index]?.[0] ?? `Place number ${index}`;
  const localities: string[] = [];
  const reports: string[] = [];
  const populations: string[] = [];
  for (let index = 0; index < PLACES; index += 1) {
    const name = nameOf(index);
    const arabic = LONG_NAMES[index]?.[1] ?? `المكان رقم ${index}`;
    const position = `${(32.5 + random() * 4.5).toFixed(2)},${(36 + random() * 5.5).toFixed(2)}`;
    localities.push(`${name},${arabic},town,Area ${index % 7},${position}`);
    const people = Math.round(500 + random() ** 3 * 250_000);
    populations.push(
      `2015-0${1 + (index % 9)},UN,${pick(STATUSES)},${name},,,${people},resident,,A page,https://example.org/${index}`,
    );
    for (let convoy = 0; convoy < CONVOYS; convoy += 1) {
      const day = `201${2 + Math.floor(random() * 4)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 9)}`;
      const date = random() < 0.2 ? day.slice(0, 7) : day;
      const places = random() < 0.2 ? `${name}; ${nameOf((index + 1) % PLACES)}` : name;
      const people = random() < 0.6 ? Math.round(random() ** 2 * 1_900_000) : '';
      const trucks = random() < 0.7 ? Math.round(1 + random() * 140) : '';
      reports.push(
        `e${index}-${convoy},${date},${pick(OUTCOMES)},,convoy,cross_line,${places},${trucks},${people},,,,,,A page with a title of many words that goes on for longer than a line,https://example.org/${index}/${convoy},A publisher of a long name`,
      );
    }
  }
  return {
    'localities.csv': localities,
    'convoy_reports.csv': reports,
    'populations.csv': populations,
  };
}

/** A file of the example, with another amount of records in it. */
export function exampleFile(amount: Amount, path: string): string {
  const name = path.split('/').at(-1) ?? '';
  // a table without a row is refused: with nothing on record there is no table
  const files = amount === 'empty' ? [] : OPERATION.files;
  if (name === 'operation.json') return JSON.stringify({ ...OPERATION, files });
  const rows: Rows = amount === 'one' ? ONE : amount === 'extreme' ? farTooMuch() : {};
  return [HEADS[name] ?? '', ...(rows[name] ?? [])].join('\n');
}
