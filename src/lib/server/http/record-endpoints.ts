import { historyRequest, quarantineRequest, settleRequest } from '#lib/protocol/wire-records.ts';
import { history } from '../sync/history.ts';
import { listQuarantine, settleQuarantined } from '../sync/quarantine.ts';
import { forMember } from './endpoint.ts';
import { done } from './people-endpoints.ts';

export const historyEndpoint = forMember(historyRequest, async (server, caller, asked) => ({
  body: await history(server.store.db, caller, asked),
}));

export const quarantineEndpoint = forMember(quarantineRequest, async (server, caller, asked) => ({
  body: await listQuarantine(server.store.db, caller, asked),
}));

export const settleEndpoint = forMember(settleRequest, async (server, caller, asked) => {
  const settled = await settleQuarantined(server.store, caller, asked, server.clock());
  return settled.ok ? done(server) : { code: settled.error.type };
});
