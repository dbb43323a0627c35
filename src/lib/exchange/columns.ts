/** The columns of each kind of file, by the names that `docs/cli.md` gives them. */

interface Column {
  /** The HXL tag with the attributes that must be there; others may stand beside them. */
  readonly hxl?: string;
}

interface Columns {
  readonly fields: Readonly<Record<string, Column>>;
  /** Without these the file is not read. */
  readonly required: readonly string[];
  /** Columns by which the kind is told from the others. */
  readonly signs: readonly string[];
}

const SOURCE = { source_title: {}, source_url: {}, source_publisher: {} };

const TABLES = {
  localities: {
    fields: {
      name: { hxl: '#loc+name' },
      name_en: { hxl: '#loc+name+i_en' },
      name_ar: { hxl: '#loc+name+i_ar' },
      name_fr: { hxl: '#loc+name+i_fr' },
      aliases: { hxl: '#loc+name+alt' },
      pcode: { hxl: '#loc+code' },
      adm1_pcode: { hxl: '#adm1+code' },
      adm2_pcode: { hxl: '#adm2+code' },
      adm3_pcode: { hxl: '#adm3+code' },
      lat: { hxl: '#geo+lat' },
      lon: { hxl: '#geo+lon' },
      kind: { hxl: '#loc+type' },
      parent_area: { hxl: '#loc+area' },
      records_since: {},
      people: { hxl: '#inneed+ind' },
      people_as_of: { hxl: '#date+population' },
      status: { hxl: '#access+status' },
      status_since: { hxl: '#date+start' },
      besieging_party: { hxl: '#group+name' },
      classifier: { hxl: '#meta+source' },
      source_url: { hxl: '#meta+source+url' },
    },
    required: [],
    signs: ['name', 'name_en', 'name_ar', 'aliases', 'adm3_pcode', 'lat', 'parent_area'],
  },
  organisations: {
    fields: { acronym: {}, name: {}, type: {} },
    required: ['name'],
    signs: ['acronym', 'name', 'type'],
  },
  reports: {
    fields: {
      event_key: {},
      date: {},
      status: {},
      outcome_as_reported: {},
      scope: {},
      modality: {},
      localities: {},
      trucks: {},
      people: {},
      people_kind: {},
      organisations: {},
      sectors: {},
      items: {},
      claim: {},
      ...SOURCE,
    },
    required: ['event_key'],
    signs: ['event_key', 'date', 'status', 'outcome_as_reported', 'scope', 'trucks', 'localities'],
  },
  claims: {
    fields: {
      event_key: {},
      kind: {},
      localities: {},
      lens: {},
      since: {},
      since_is: {},
      claim: {},
      ...SOURCE,
    },
    required: ['event_key', 'kind', 'claim'],
    signs: ['event_key', 'kind', 'claim', 'lens', 'since', 'since_is'],
  },
  populations: {
    fields: {
      as_of: {},
      series: {},
      status: {},
      localities: {},
      area: {},
      total: {},
      people: {},
      kind: {},
      besieging_party: {},
      ...SOURCE,
    },
    required: ['as_of', 'series'],
    signs: ['as_of', 'series', 'total', 'status', 'besieging_party'],
  },
  deliveries: {
    fields: {
      event_key: { hxl: '#activity+code' },
      date: { hxl: '#date+occurred' },
      date_approved: { hxl: '#date+approved' },
      country: { hxl: '#country+code' },
      adm1_pcode: { hxl: '#adm1+code' },
      adm3_pcode: { hxl: '#adm3+code' },
      localities: { hxl: '#loc+name+dest' },
      lat: { hxl: '#geo+lat' },
      lon: { hxl: '#geo+lon' },
      origin: { hxl: '#loc+name+origin' },
      lead: { hxl: '#org+prog' },
      partners: { hxl: '#org+impl' },
      sectors: { hxl: '#sector' },
      items: { hxl: '#item+name' },
      modality: { hxl: '#modality' },
      trucks: { hxl: '#output+trucks' },
      people_requested: { hxl: '#targeted+requested' },
      people_approved: { hxl: '#targeted+approved' },
      people_reached: { hxl: '#reached' },
      status: { hxl: '#status' },
      access_status: { hxl: '#access+status' },
      constraint: { hxl: '#access+constraint' },
      items_removed: { hxl: '#item+removed' },
      claim: { hxl: '#description+claim' },
      source_title: { hxl: '#meta+source' },
      source_url: { hxl: '#meta+source+url' },
    },
    required: ['event_key', 'date', 'localities'],
    signs: ['lead', 'partners', 'people_reached', 'people_approved', 'origin', 'items_removed'],
  },
} as const satisfies Record<string, Columns>;

export type FileKind = keyof typeof TABLES;

export const COLUMNS: Readonly<Record<FileKind, Columns>> = TABLES;

/** In the order in which files are read, so that places are known before reports name them. */
export const FILE_KINDS = [
  'localities',
  'organisations',
  'reports',
  'deliveries',
  'claims',
  'populations',
] as const satisfies readonly FileKind[];
