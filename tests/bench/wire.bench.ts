import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '#lib/changes/change.ts';
import { randomId } from '#lib/crypto/random.ts';
import {
  type Draft,
  enrolDevice,
  groupOf,
  overHttp,
  pullAll,
  pushGroups,
  type Transport,
} from '../faults/server/device.ts';
import { startServerProcess } from '../faults/server/server-process.ts';
import { atMost, type Bench } from './measure.ts';

function edit(kind: string, record: string, values: Readonly<Record<string, Json>>): Draft {
  return { kind, record, values };
}

/** A convoy as a logger saves it, with four stops that somebody accepted. */
function convoyWithStops(places: readonly string[]): Draft[] {
  const [convoy, source] = [randomId(), randomId()];
  const people = { q: '~', n: 5_000, unit: 'people' };
  return [
    edit('convoy', convoy, { _created: true }),
    edit('source', source, { kind: 'seen' }),
    edit('report', randomId(), {
      convoy,
      source,
      scope: 'convoy',
      date: '2016-06-29',
      localities: places,
      trucks: { q: '=', n: 38 },
      people: { q: '~', n: 20_000, unit: 'people' },
      peopleKind: 'intended',
      sectors: ['FSC', 'HEA', 'WSH'],
      status: 'delivered',
    }),
    ...places.map((place, order) =>
      edit('stop', randomId(), {
        convoy,
        order,
        localities: [place],
        outcome: 'delivered',
        peopleIntended: people,
      }),
    ),
  ];
}

/** What goes up for a save, as the device sends it: signed, sealed, in one request with its pull. */
export const wireBench: Bench = {
  name: 'wire',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crossline-bench-'));
    const server = await startServerProcess({ CROSSLINE_DATA: folder });
    try {
      let requests = 0;
      let sent = 0;
      const http = overHttp(server.url);
      const counting: Transport = (path, body, token) => {
        requests += 1;
        sent = JSON.stringify(body).length;
        return http(path, body, token);
      };
      const device = await enrolDevice(http, server.token ?? '');
      const push = async (groups: readonly (readonly Draft[])[]): Promise<number> => {
        await pullAll(http, device);
        const made = groups.map((drafts) => groupOf(device, drafts));
        const answer = await pushGroups(counting, device, made);
        if (answer.quarantined.length > 0) throw new Error(JSON.stringify(answer));
        return sent;
      };
      const places = Array.from({ length: 4 }, () => randomId());
      await push([places.map((id, i) => edit('locality', id, { name: `Place ${i}` }))]);
      requests = 0;
      const one = await push([[edit('locality', randomId(), { name: 'Zamalka' })]]);
      const perEdit = requests;
      const convoy = await push([convoyWithStops(places)]);
      const many = Array.from({ length: 100 }, (_, i) => [
        edit('locality', randomId(), { name: `Place ${i}` }),
      ]);
      const hundred = await push([many.flat()]);
      return [
        atMost('requests of one edit with its pull', perEdit, '', 1),
        atMost('body up of one edit', one, 'B', 700),
        atMost('body up of a convoy with four stops and its report', convoy, 'B', 1_536),
        atMost('body up of 100 edits', hundred / 1_024, 'KB', 30),
      ];
    } finally {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
