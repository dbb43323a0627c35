import { devicesEndpoint } from '#lib/server/http/endpoints.ts';
import { route } from '#lib/server/http/kit.ts';

export const GET = route('devices', devicesEndpoint);
