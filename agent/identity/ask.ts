import { type ChannelOptions, type Client, type requestCallback, status } from '@grpc/grpc-js';
import { faultFromStatus } from '#proto/codec/fault-status.ts';
import { AgentService, EnrollmentService } from '#proto/codec/services.ts';
import type { Attestation } from '#proto/domain/attestation.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { RecoveryClaim } from '#proto/domain/recovery.ts';
import type { Channel, Dialler } from '../dial/dialler.ts';
import type { ServerAddress } from './server-address.ts';

/** What enrolment sends. */
export interface Application {
  readonly proof: { readonly kind: 'token'; readonly token: string } | { readonly kind: 'attestation'; readonly attestation: Attestation };
  /** PKCS #10 in DER. */
  readonly csr: Uint8Array;
  /** SubjectPublicKeyInfo in DER. */
  readonly recoveryKey: Uint8Array;
  readonly hostname: string;
  readonly agentVersion: string;
}

/** A certificate and what to trust with it. */
export interface Successor {
  /** DER: the agent's certificate, then its intermediate. */
  readonly certificateChain: readonly Uint8Array[];
  /** DER. */
  readonly trustBundle: readonly Uint8Array[];
  /** DER: for roots that are new to us, by those before them. */
  readonly vouchers: readonly Uint8Array[];
}

/** What the server gives. */
export interface Answer extends Omit<Successor, 'vouchers'> {
  readonly tenantId: string;
  readonly agentId: string;
  readonly streamAddress: string;
}

const withinMs = 30_000;

const options: ChannelOptions = {
  'grpc.enable_retries': 0,
  'grpc.use_local_subchannel_pool': 1,
  'grpc.max_receive_message_length': 256 * 1024,
};

/** The enrolment listener of a server that must show a certificate of this root (PEM) for its own name. */
export interface EnrolmentPeer {
  readonly server: ServerAddress;
  readonly root: string;
  readonly dialler: Dialler;
}

/**
 * Calls `EnrollmentService/Enroll`.
 * @throws Fault as the server named it, or why it could not be asked
 */
export async function ask(peer: EnrolmentPeer, { proof, csr, recoveryKey, ...about }: Application): Promise<Answer> {
  const shown = proof.kind === 'token' ? { token: proof.token } : { attestation: toWire(proof.attestation) };
  return await callEnrolment(peer, (client, deadline, done) => client.Enroll({ ...about, ...shown, csr: Buffer.from(csr), recoveryKey: Buffer.from(recoveryKey) }, { deadline }, done));
}

/**
 * Calls `EnrollmentService/Challenge`: a number that says how fresh something is.
 * @throws Fault as the server named it, or why it could not be asked
 */
export async function askChallenge(peer: EnrolmentPeer): Promise<Uint8Array> {
  const { nonce } = await callEnrolment<{ nonce: Buffer }>(peer, (client, deadline, done) => client.Challenge({}, { deadline }, done));
  return nonce;
}

/**
 * Calls `EnrollmentService/Recover`.
 * @throws Fault as the server named it, or why it could not be asked
 */
export async function askRecovery(peer: EnrolmentPeer, { tenant, agent, serial, csr, nonce }: RecoveryClaim, signature: Uint8Array): Promise<Successor> {
  const request = { tenantId: tenant, agentId: agent, serial, csr: Buffer.from(csr), nonce: Buffer.from(nonce), signature: Buffer.from(signature) };
  return await callEnrolment<Successor>(peer, (client, deadline, done) => client.Recover(request, { deadline }, done));
}

async function callEnrolment<Given>({ server, root, dialler }: EnrolmentPeer, ask: (client: InstanceType<typeof EnrollmentService>, deadline: number, done: requestCallback<Given>) => unknown): Promise<Given> {
  const channel = dialler.channel(server, { trust: root });
  const client = new EnrollmentService(channel.target, channel.credentials, { ...options, ...channel.options });
  return await call<Given>(server, channel, client, (done) => ask(client, Date.now() + withinMs, done));
}

function toWire({ policy, nonce, proof, evidence }: Attestation) {
  const { kind, ...shown } = evidence;
  return { policyId: policy, nonce: Buffer.from(nonce), proof: Buffer.from(proof), [kind]: shown };
}

/** Who asks for a successor, and whom to ask. */
export interface Holder {
  /** PEM. */
  readonly key: string;
  readonly certificateChain: string;
  readonly trustBundle: string;
}

/**
 * Calls `AgentService/Renew` with the certificate that is to be succeeded.
 * @throws Fault as the server named it, or why it could not be asked
 */
export async function askRenewal(server: ServerAddress, holder: Holder, csr: Uint8Array, dialler: Dialler): Promise<Successor> {
  const channel = dialler.channel(server, { trust: holder.trustBundle, key: holder.key, certificateChain: holder.certificateChain });
  const client = new AgentService(channel.target, channel.credentials, { ...options, ...channel.options });
  return await call(server, channel, client, (done) => client.Renew({ csr: Buffer.from(csr) }, { deadline: Date.now() + withinMs }, done));
}

async function call<Given>(server: ServerAddress, channel: Channel, client: Client, ask: (done: requestCallback<Given>) => unknown): Promise<Given> {
  const { promise, resolve, reject } = Promise.withResolvers<Given>();
  ask((error, answer) => {
    if (error === null && answer !== undefined) return resolve(answer);
    reject(channel.fault() ?? toFault(error, server));
  });
  return await promise.finally(() => client.close());
}

function toFault(error: Parameters<typeof faultFromStatus>[0] & { code: status } | null, server: ServerAddress): Fault {
  if (error === null) return new Fault('answer-not-understood', { server: server.text });
  const named = faultFromStatus(error);
  if (named !== null) return named;
  if (error.code === status.DEADLINE_EXCEEDED) return new Fault('server-silent', { server: server.text, waitedMs: withinMs });
  if (error.code === status.UNIMPLEMENTED) return new Fault('answer-not-understood', { server: server.text, reason: 'it does not enrol agents' });
  if (/not yet valid|expired/i.test(error.details)) return new Fault('clock-wrong', { whose: 'server', server: server.text, reason: error.details });
  if (/certificate|altnames|self-signed/i.test(error.details)) return new Fault('server-untrusted', { server: server.text, reason: error.details });
  return new Fault('server-unreachable', { server: server.text, reason: error.details });
}
