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
 * Inserts the same rows as plainly as SQL allows, or updates them where they are there: one table with a primary key
 * and no other index, no row-level security, no history; one statement and one commit for each 500 rows. Answers
 * milliseconds.
 */
export async function timeBareWrites(db: Database, rows: 'new' | 'same', { reports, concurrency }: { reports: number; concurrency: number }): Promise<number> {
  await db.transaction((tx) =>
    tx.script(`
      drop table if exists bench_finding;
      create table bench_finding (stack bigint, fingerprint text, address text, type text, change text, cause text, severity text,
        severity_rule text, noise boolean, properties jsonb, moved_from text, position int, first_seen_at timestamptz,
        last_seen_at timestamptz, primary key (stack, fingerprint));`),
  );
  const batches = Array.from({ length: reports }, () =>
    JSON.stringify(Array.from({ length: findingsPerReport }, (_, position) => ({ ...benchFinding(position, 0), position }))),
  );
  let written = 0;
  const begun = performance.now();
  await Promise.all(Array.from({ length: concurrency }, (_, writer) => writeSome(writer)));
  return performance.now() - begun;

  async function writeSome(writer: number): Promise<void> {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      await db.query(
        `insert into bench_finding
         select $1::bigint, fingerprint, address, type, change, cause, severity, "severityRule", noise, properties, "movedFrom", position, now(), now()
         from jsonb_to_recordset($2::jsonb) as sent (fingerprint text, address text, type text, change text, cause text, severity text,
           "severityRule" text, noise boolean, properties jsonb, "movedFrom" text, position int)
         ${rows === 'new' ? '' : 'on conflict (stack, fingerprint) do update set properties = excluded.properties, severity = excluded.severity, last_seen_at = excluded.last_seen_at'}`,
        [rows === 'new' ? (written += 1) : writer, batch],
      );
    }
  }
}
