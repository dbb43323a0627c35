import { API } from '#lib/server/http/api.ts';
import { route } from '#lib/server/http/kit.ts';

export const POST = route(API.settleCopy);
