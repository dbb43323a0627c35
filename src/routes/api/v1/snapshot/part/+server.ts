import { snapshotPartEndpoint } from '#lib/server/http/snapshot-endpoints.ts';
import { route } from '#lib/server/http/kit.ts';

export const POST = route('snapshot-part', snapshotPartEndpoint);
