import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { readRelayFile, type RelayFile } from '#lib/protocol/relay-file.ts';
import { relay } from '#lib/server/relay.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { onBothStores } from './both-stores.ts';
import { envelopeOf, groupOf, pullAll, pushGroups, type TestDevice } from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

/** The row "… from another carrier" of the failure table, where the carrier is a file. */
onBothStores('relay', (store) => {
  let at: TestServer;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
  }, 60_000);
  afterEach(() => at.stop());

  const place = (by: TestDevice, record = randomId(), base: string[] = []) =>
    groupOf(by, [{ kind: 'locality', record, values: { name: 'Arbin' }, base }]);
  const fileOf = async (
    by: TestDevice,
    groups: readonly ReturnType<typeof place>[],
  ): Promise<RelayFile> => ({
    format: 'crossline relay 1',
    envelopes: await Promise.all(
      groups.map(async (group, index) => ({
        replica: by.replica,
        n: index + 1,
        envelope: toBase64Url(await envelopeOf(by, group)),
      })),
    ),
  });
  const put = (file: RelayFile, skipsUnsound = false) =>
    relay(at.server.store, at.server.keys, file, {
      now: NOON,
      releaseAfter: at.server.settings.releaseAfter,
      skipsUnsound,
    });
  const stored = async (): Promise<string[]> =>
    (await pullAll(at.transport, { ...at.owner, cursors: {} })).log.map((group) => group.id);

  test('what was carried is stored once, whichever of file and device comes first', async () => {
    const logger = await at.join('logger');
    const groups = Array.from({ length: 3 }, () => place(logger));
    const file = await fileOf(logger, groups);
    await pushGroups(at.transport, logger, groups.slice(0, 1));
    expect(await put(file)).toMatchObject({ ok: true, value: { stored: 2, known: 1, held: 0 } });
    expect(await put(file)).toMatchObject({ ok: true, value: { stored: 0, known: 3 } });
    // The device itself finds a network after all: its numbers are as good as before.
    const again = await pushGroups(at.transport, logger, groups.slice(1));
    expect(again).toMatchObject({ acked: 3, quarantined: [], held: [] });
    expect(await stored()).toEqual(groups.map((group) => group.id));
    expect((await verifyStore(at.server.store)).flaws).toEqual([]);
  });

  test('a file with a damaged or a foreign envelope is refused, and nothing is changed', async () => {
    const logger = await at.join('logger');
    const other = await startTestServer();
    try {
      const file = await fileOf(logger, [place(logger), place(logger)]);
      const foreign = await fileOf(other.owner, [place(other.owner)]);
      const stranger = { ...logger, enrolled: { ...logger.enrolled, device: randomId() } };
      const unknown = await fileOf(stranger, [place(stranger)]);
      const forged = await fileOf({ ...logger, signKey: at.owner.signKey }, [place(logger)]);
      const cut = { ...file.envelopes[0]!, envelope: file.envelopes[0]!.envelope.slice(0, -8) };
      const cases = [
        [cut, 'envelope_unreadable'],
        [foreign.envelopes[0]!, 'envelope_unreadable'],
        [unknown.envelopes[0]!, 'device_unknown'],
        [forged.envelopes[0]!, 'signature_wrong'],
      ] as const;
      for (const [bad, code] of cases) {
        const mixed = { ...file, envelopes: [...file.envelopes, bad] };
        expect(await put(mixed)).toEqual({
          ok: false,
          error: { type: 'unsound_envelopes', unsound: [{ place: 3, code }] },
        });
        expect(await stored()).toEqual([]);
        expect((await verifyStore(at.server.store)).groups).toBe(0);
      }
      const mixed = { ...file, envelopes: [cut, ...file.envelopes] };
      expect(await put(mixed, true)).toMatchObject({
        ok: true,
        value: { stored: 2, unsound: [{ place: 1, code: 'envelope_unreadable' }] },
      });
      expect(await stored()).toHaveLength(2);
    } finally {
      await other.stop();
    }
  });

  test('S9: what is not allowed is set aside as in a push, what lacks its base is held until it comes', async () => {
    const observer = await at.join('observer');
    const logger = await at.join('logger');
    const record = randomId();
    const first = place(logger, record);
    const second = place(logger, record, [first.changes[0]!.id]);
    const refused = place(observer);
    const early = await put({
      format: 'crossline relay 1',
      envelopes: [
        ...(await fileOf(observer, [refused])).envelopes,
        ...(await fileOf(logger, [second])).envelopes,
      ],
    });
    expect(early).toMatchObject({
      ok: true,
      value: { stored: 2, held: 1, quarantined: [{ id: refused.id, code: 'not_allowed' }] },
    });
    expect(await put(await fileOf(logger, [first]))).toMatchObject({
      value: { stored: 1, held: 0 },
    });
    expect(await stored()).toEqual([first.id, second.id]);
    const { body } = await at.transport(PATHS.quarantine, {}, at.owner.enrolled.tokens.full);
    expect(JSON.stringify(body)).toContain(refused.id);
  });

  test('a text that is no such file, or only a part of one, is none', async () => {
    const whole = JSON.stringify(await fileOf(at.owner, [place(at.owner)]));
    expect(readRelayFile(whole)).toBeDefined();
    for (const text of [whole.slice(0, -1), '[]', '', whole.replace('relay 1', 'relay 9')]) {
      expect(readRelayFile(text)).toBeUndefined();
    }
  });
});
