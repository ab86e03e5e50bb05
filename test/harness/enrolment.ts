import { randomBytes, randomUUID } from 'node:crypto';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServerTls } from '#ca/authority.ts';
import { type Agents, createAgents } from '#control-plane/fleet/agents.ts';
import { type Certificates, createCertificates } from '#control-plane/fleet/certificates.ts';
import { type Applicant, createEnrolment, type Enrolment } from '#control-plane/fleet/enrolment.ts';
import { createJoinTokens, type JoinTokens } from '#control-plane/fleet/join-tokens.ts';
import type { Attestor } from '#control-plane/fleet/joining/attestor.ts';
import { type Challenges, createChallenges } from '#control-plane/fleet/joining/challenges.ts';
import { createJoinPolicies, type JoinPolicies } from '#control-plane/fleet/joining/join-policies.ts';
import { generations } from '#control-plane/fleet/generations.ts';
import { createRecoveries, type Recoveries } from '#control-plane/fleet/recoveries.ts';
import { createRecovery, type Recovery } from '#control-plane/fleet/recovery.ts';
import { createRenewal, type Renewal } from '#control-plane/fleet/renewal.ts';
import { createEnrolmentDoor } from '#control-plane/grpc/enrolment-door.ts';
import type { Database } from '#control-plane/store/database.ts';
import type { Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import { listen, type Told } from './link.ts';
import type { TestPki } from './pki.ts';

/** The fleet's services over a real database and a real authority, without a door. */
export interface TestFleet {
  readonly tokens: JoinTokens;
  readonly joins: JoinPolicies;
  readonly challenges: Challenges;
  readonly enrolment: Enrolment;
  readonly renewal: Renewal;
  readonly recovery: Recovery;
  readonly recoveries: Recoveries;
  readonly agents: Agents;
  readonly certificates: Certificates;
  readonly cuts: readonly { readonly agent: AgentId; readonly reason: Fault }[];
  /** Milliseconds since the epoch, of both the fleet and the authority. */
  setClock(nowMs: number): void;
}

export function makeFleet(db: Database, pki: TestPki, enrolAddress: () => string = () => 'localhost:7332', attestors: (clock: () => number) => readonly Attestor[] = () => []): TestFleet {
  let now = Date.now();
  const clock = (): number => now;
  const challenges = createChallenges({ db, clock, random: randomBytes });
  const cuts: { agent: AgentId; reason: Fault }[] = [];
  return {
    tokens: createJoinTokens({ db, caPin: () => pki.authority.pin, enrolAddress, clock, newId: randomUUID, random: randomBytes }),
    joins: createJoinPolicies({ db, caPin: () => pki.authority.pin, enrolAddress, clock, newId: randomUUID }),
    challenges,
    enrolment: createEnrolment({ db, issuer: pki.authority, challenges, attestors: attestors(clock), clock, newId: randomUUID }),
    recovery: createRecovery({ db, issuer: pki.authority, challenges, generations, cut: (agent, reason) => cuts.push({ agent, reason }), clock, newId: randomUUID }),
    recoveries: createRecoveries({ db, clock }),
    renewal: createRenewal({ db, issuer: pki.authority, generations, clock }),
    agents: createAgents({ db, wake: () => {}, newId: randomUUID, cut: (agent, reason) => cuts.push({ agent, reason }), clock }),
    certificates: createCertificates({ db, clock, cut: (agent, reason) => cuts.push({ agent, reason }) }),
    cuts,
    setClock(nowMs) {
      now = nowMs;
      pki.setClock(nowMs);
    },
  };
}

/** A host with a join token, as the door hands it on. */
export function withToken(token: string, csr: Uint8Array, more: Partial<Applicant> = {}): Applicant {
  return { proof: { kind: 'token', token }, csr, recoveryKey: null, hostname: 'host-1', version: '0.1.0', remoteAddress: '127.0.0.1:40000', ...more };
}

export interface TestEnrolmentServer {
  /** host:port */
  readonly address: string;
  readonly told: Told;
  stop(): void;
}

/** The enrolment door alone, on a free port. */
export async function serveEnrolment({ enrolment, challenges, recovery }: Pick<TestFleet, 'enrolment' | 'challenges' | 'recovery'>, tls: ServerTls, { host = 'localhost', streamAddress = 'localhost:7331' } = {}): Promise<TestEnrolmentServer> {
  const told = listen();
  const server = new Server();
  const door = createEnrolmentDoor({ enrolment, challenges, recovery, streamAddress: () => streamAddress, clock: Date.now, log: told.log });
  server.addService(door.definition, door.implementation);
  const credentials = ServerCredentials.createSsl(null, [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.certificateChain) }]);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync(`${host}:0`, credentials, (error, port) => (error === null ? resolve(port) : reject(error)));
  return { address: `${host}:${await promise}`, told, stop: () => server.forceShutdown() };
}
