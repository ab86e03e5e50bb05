import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { App } from './app.ts';

/** What the server counts, for Prometheus. Names are part of the contract with dashboards. */
export interface Metrics {
  readonly registry: Registry;
  readonly factsIngested: (count: number) => void;
  readonly reportIngested: (findings: number) => void;
  readonly reportRejected: (code: string) => void;
  /** `result` is `enrolled` or the code of the fault. */
  readonly enrolmentAsked: (result: string) => void;
}

/** Seconds: from an answer out of memory to a query that needs attention. */
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export interface MetricsOptions {
  readonly version: string;
  readonly connectedAgents: () => number;
  /** What of the certificate authority runs out when, in milliseconds since the epoch. */
  readonly authorityEnds?: () => readonly { readonly role: string; readonly subject: string; readonly atMs: number }[];
}

/** Counters of one server; functions are asked at each scrape. */
export function createMetrics({ version, connectedAgents, authorityEnds = () => [] }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'dd0c_' });
  new Gauge({ name: 'dd0c_build_info', help: 'Always 1; the version is a label', labelNames: ['version'], registers }).set({ version }, 1);
  const connected: Gauge = new Gauge({
    name: 'dd0c_agents_connected',
    help: 'Agents with an open stream to this process',
    registers: [],
    collect: () => connected.set(connectedAgents()), // asked at each scrape
  });
  registry.registerMetric(connected);
  const ends: Gauge = new Gauge({
    name: 'dd0c_authority_certificate_not_after_seconds',
    help: 'When a root that is trusted or an intermediate that issues runs out, in seconds since 1970',
    labelNames: ['role', 'subject'],
    registers: [],
    collect: () => {
      ends.reset();
      for (const { role, subject, atMs } of authorityEnds()) ends.set({ role, subject }, atMs / 1_000);
    },
  });
  registry.registerMetric(ends);
  const facts = new Counter({ name: 'dd0c_facts_ingested_total', help: 'Facts committed', registers });
  const reports = new Counter({ name: 'dd0c_reports_ingested_total', help: 'Reports committed', registers });
  const findings = new Counter({ name: 'dd0c_findings_ingested_total', help: 'Findings in committed reports', registers });
  const rejected = new Counter({ name: 'dd0c_reports_rejected_total', help: 'Reports set aside because they made no sense', labelNames: ['code'], registers });
  const enrolments = new Counter({ name: 'dd0c_enrolments_total', help: 'Enrolments asked for, by result', labelNames: ['result'], registers });

  return {
    registry,
    factsIngested: (count) => facts.inc(count),
    reportIngested: (count) => {
      reports.inc();
      findings.inc(count);
    },
    reportRejected: (code) => rejected.inc({ code }),
    enrolmentAsked: (result) => enrolments.inc({ result }),
  };
}

/** Serves `/metrics` and times every request by its route. */
export function metricsRoute(app: App, { registry }: Pick<Metrics, 'registry'>): void {
  const latency = new Histogram({
    name: 'dd0c_http_request_duration_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: latencyBuckets,
    registers: [registry],
  });

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'; // the pattern: a path would make a label of each id
    latency.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
