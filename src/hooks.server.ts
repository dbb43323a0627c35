import type { ServerInit } from '@sveltejs/kit';
import { building } from '$app/environment';
import { boot, inviteLink, theServer } from '#lib/server/boot.ts';
import { readProxySettings } from '#lib/server/http/caller-address.ts';
import { apiListener } from '#lib/server/http/node-listener.ts';
import { offerApi } from '#lib/server/http/offered-api.ts';

/** The store opens with the server, and the owner's link is shown until somebody has used it. */
export const init: ServerInit = async () => {
  if (building) return;
  const { firstInviteToken } = await boot();
  const server = await theServer();
  if (firstInviteToken !== undefined) {
    const link = inviteLink(server.settings.origin, firstInviteToken);
    console.log(`Open this link to become the owner: ${link}`);
  }
  offerApi(apiListener(server, readProxySettings(process.env)));
  process.once('sveltekit:shutdown' as 'disconnect', () => void server.stop());
};
