import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicKeyOf } from '#agent/identity/candidate.ts';
import { attest, type Voucher } from '#agent/identity/voucher.ts';
import { writeRequest } from '#ca/x509/request.ts';
import type { Applicant } from '#control-plane/fleet/enrolment.ts';
import type { Attestor } from '#control-plane/fleet/joining/attestor.ts';
import { type OutboxEvent, takeEvents } from '#control-plane/store/outbox.ts';
import { asTenant, type TenantTx } from '#control-plane/store/tenant-tx.ts';
import type { Attestation } from '#proto/domain/attestation.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { CaPin } from '#proto/domain/join-token.ts';
import { makeTenant, openPgliteForTest } from './databases.ts';
import { makeFleet, serveEnrolment, type TestEnrolmentServer, type TestFleet } from './enrolment.ts';
import { localHosts, makeKey, openTestPki } from './pki.ts';

/** A fleet, an enrolment door and what it takes to try joining. */
export interface JoiningScene {
  readonly fleet: TestFleet;
  readonly server: TestEnrolmentServer;
  readonly pin: CaPin;
  /** Another door to the same fleet, until `clean`. */
  serve(): Promise<TestEnrolmentServer>;
  newTenant(): Promise<TenantId>;
  /** A folder that is gone after `clean`. */
  folder(): string;
  eventsOf(tenant: TenantId): Promise<readonly Pick<OutboxEvent, 'topic' | 'body'>[]>;
  asTenant<T>(tenant: TenantId, work: (tx: TenantTx) => Promise<T>): Promise<T>;
  /** Does this, too, at the next `clean`. */
  later(work: () => unknown): void;
  clean(): Promise<void>;
  close(): Promise<void>;
}

export async function openJoiningScene(attestors: (clock: () => number) => readonly Attestor[]): Promise<JoiningScene> {
  const database = await openPgliteForTest();
  const pki = await openTestPki();
  const cleanups: (() => unknown)[] = [];
  const fleet = makeFleet(database.db, pki, () => 'localhost:7332', attestors);
  const tls = await pki.authority.issueServer(localHosts);
  const server = await serveEnrolment(fleet, tls);
  return {
    fleet,
    server,
    pin: pki.authority.pin,
    async serve() {
      const there = await serveEnrolment(fleet, tls);
      cleanups.push(() => there.stop());
      return there;
    },
    async newTenant() {
      fleet.setClock(Date.now());
      server.told.lines.length = 0;
      return await makeTenant(database.db);
    },
    folder() {
      const made = mkdtempSync(join(tmpdir(), 'dd0c-join-'));
      cleanups.push(() => rmSync(made, { recursive: true, force: true }));
      return made;
    },
    async eventsOf(tenant) {
      const events = await asTenant(database.db, tenant, (tx) => takeEvents(tx, 100));
      return events.map(({ topic, body }) => ({ topic, body }));
    },
    asTenant: (tenant, work) => asTenant(database.db, tenant, work),
    later: (work) => void cleanups.push(work),
    async clean() {
      for (const work of cleanups.splice(0).toReversed()) await work();
    },
    async close() {
      server.stop();
      await database.close();
    },
  };
}

/** A host at the door for which somebody vouches. */
export async function vouchedFor(fleet: Pick<TestFleet, 'challenges'>, voucher: Voucher, { pin, key = makeKey(), remoteAddress = '127.0.0.1:40000', alter = (attestation) => attestation }: Vouching): Promise<Applicant> {
  const attestation = await attest(voucher, { pin, key, nonce: await fleet.challenges.issue() });
  return { proof: { kind: 'attestation', attestation: alter(attestation) }, csr: await writeRequest(key), recoveryKey: null, hostname: 'host-1', version: '0.1.0', remoteAddress };
}

interface Vouching {
  readonly pin: CaPin;
  readonly key?: string;
  readonly remoteAddress?: string;
  readonly alter?: (attestation: Attestation) => Attestation;
}

/** SHA-256 of the public half of a key in PEM. */
export function keyHashOf(key: string): Uint8Array {
  return createHash('sha256').update(publicKeyOf(key)).digest();
}
