import { type ChannelOptions, type Client, type requestCallback, status } from '@grpc/grpc-js';
import { faultFromStatus } from '#proto/codec/fault-status.ts';
import { AgentService, EnrollmentService } from '#proto/codec/services.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { Channel, Dialler } from '../dial/dialler.ts';
import type { ServerAddress } from './server-address.ts';

/** What enrolment sends. */
export interface Application {
  readonly token: string;
  /** PKCS #10 in DER. */
  readonly csr: Uint8Array;
  readonly hostname: string;
  readonly agentVersion: string;
}

/** A certificate and what to trust with it. */
export interface Successor {
  /** DER: the agent's certificate, then its intermediate. */
  readonly certificateChain: readonly Uint8Array[];
  /** DER. */
  readonly trustBundle: readonly Uint8Array[];
}

/** What the server gives. */
export interface Answer extends Successor {
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

/**
 * Calls `EnrollmentService/Enroll` of a server that must show a certificate of this root (PEM) for its own name.
 * @throws Fault as the server named it, or why it could not be asked
 */
export async function ask(server: ServerAddress, root: string, application: Application, dialler: Dialler): Promise<Answer> {
  const channel = dialler.channel(server, { trust: root });
  const client = new EnrollmentService(channel.target, channel.credentials, { ...options, ...channel.options });
  return await call(server, channel, client, (done) => client.Enroll({ ...application, csr: Buffer.from(application.csr) }, { deadline: Date.now() + withinMs }, done));
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
