import { devicesEndpoint } from '#lib/server/http/people-endpoints.ts';
import { route } from '#lib/server/http/kit.ts';

export const GET = route('devices', devicesEndpoint);
