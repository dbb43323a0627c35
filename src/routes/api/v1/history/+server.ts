import { historyEndpoint } from '#lib/server/http/record-endpoints.ts';
import { route } from '#lib/server/http/kit.ts';

export const POST = route('history', historyEndpoint);
