import { randomUUID } from 'node:crypto';
import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { AgentService } from '#proto/codec/services.ts';
import type { Database } from '#control-plane/store/database.ts';
import type { Credentials } from '#test/harness/link-pki.ts';
import { benchFinding, findingsPerReport } from './ingest-reports.ts';

/** A server of the same stream, with the same TLS and the library's own decoding, that forgets what it reads. */
export async function startBareStream({ key, certificateChain }: Credentials, clientRoots: string): Promise<{ address: string; stop(): void }> {
  const server = new Server({ 'grpc.max_receive_message_length': 1024 * 1024 });
  server.addService(AgentService.service, {
    Connect: (call: ServerDuplexStream<unknown, unknown>) => {
      call.on('data', () => {});
      call.on('end', () => call.end());
    },
  });
  const pair = [{ private_key: Buffer.from(key), cert_chain: Buffer.from(certificateChain) }];
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync('127.0.0.1:0', ServerCredentials.createSsl(Buffer.from(clientRoots), pair, true), (error, port) => (error === null ? resolve(port) : reject(error)));
  return { address: `127.0.0.1:${await promise}`, stop: () => server.forceShutdown() };
}

/**
 * Writes the same rows as plainly as SQL allows: one table with a primary key and no other index, no row-level security,
 * no history; rows are encoded before the clock starts, then inserted (or updated where they are there) and committed 500
 * at a time. The table grows from call to call, as ours does. Answers milliseconds.
 */
export async function timeBareWrites(db: Database, rows: 'new' | 'same', { reports, concurrency }: { reports: number; concurrency: number }): Promise<number> {
  await db.transaction((tx) =>
    tx.script(`
      create table if not exists bench_finding (stack text, fingerprint text, address text, type text, change text, cause text,
        severity text, severity_rule text, noise boolean, properties jsonb, moved_from text, position int,
        first_seen_at timestamptz, last_seen_at timestamptz, primary key (stack, fingerprint));`),
  );
  const batch = JSON.stringify(Array.from({ length: findingsPerReport }, (_, position) => ({ ...benchFinding(position, 0), position })));
  const onConflict = 'on conflict (stack, fingerprint) do update set properties = excluded.properties, severity = excluded.severity, last_seen_at = excluded.last_seen_at';
  const begun = performance.now();
  await Promise.all(Array.from({ length: concurrency }, (_, writer) => writeSome(writer)));
  return performance.now() - begun;

  async function writeSome(writer: number): Promise<void> {
    for (let report = writer; report < reports; report += concurrency) {
      await db.query(
        `insert into bench_finding
         select $1, fingerprint, address, type, change, cause, severity, "severityRule", noise, properties, "movedFrom", position, now(), now()
         from jsonb_to_recordset($2::jsonb) as sent (fingerprint text, address text, type text, change text, cause text, severity text,
           "severityRule" text, noise boolean, properties jsonb, "movedFrom" text, position int)
         ${rows === 'new' ? '' : onConflict}`,
        [rows === 'new' ? randomUUID() : `same-${writer}`, batch],
      );
    }
  }
}
