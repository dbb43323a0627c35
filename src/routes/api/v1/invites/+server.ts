import { inviteEndpoint } from '#lib/server/http/endpoints.ts';
import { route } from '#lib/server/http/kit.ts';

export const POST = route('invites', inviteEndpoint);
