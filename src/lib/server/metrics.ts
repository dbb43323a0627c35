import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Counts for Prometheus: numbers alone, nothing of the operation or of people. */
export interface Metrics {
  readonly requests: Counter<'endpoint' | 'status'>;
  readonly envelopes: Counter<'result'>;
  readonly commitSeconds: Histogram;
  text(): Promise<string>;
}

export function createMetrics(openPokes: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'crossline_requests_total',
    help: 'Requests answered, by endpoint and status',
    labelNames: ['endpoint', 'status'] as const,
    registers,
  });
  const envelopes = new Counter({
    name: 'crossline_envelopes_total',
    help: 'Envelopes pushed, by what became of them',
    labelNames: ['result'] as const,
    registers,
  });
  const commitSeconds = new Histogram({
    name: 'crossline_push_seconds',
    help: 'From a push to its answer, on disk',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  new Gauge({
    name: 'crossline_poke_streams',
    help: 'Poke streams open in this process',
    registers,
    collect() {
      this.set(openPokes());
    },
  });
  new Gauge({
    name: 'crossline_memory_bytes',
    help: 'Resident memory of this process',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  return { requests, envelopes, commitSeconds, text: () => registry.metrics() };
}
