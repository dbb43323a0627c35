import { route } from '#lib/server/http/kit.ts';
import { metricsEndpoint } from '#lib/server/http/metrics-endpoint.ts';

export const GET = route({ name: 'metrics', endpoint: metricsEndpoint });
