import { randomUUID, sign } from 'node:crypto';
import { connect as connectTls } from 'node:tls';
import { type Client, Client as GrpcClient, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { publicKeyOf } from '#agent/identity/candidate.ts';
import { writeRequest } from '#ca/x509/request.ts';
import { createAwsAttestor } from '#control-plane/fleet/joining/aws-attestor.ts';
import { createKeySets } from '#control-plane/fleet/joining/key-sets.ts';
import { createKubernetesAttestor } from '#control-plane/fleet/joining/kubernetes-attestor.ts';
import { createEnrolmentDoor } from '#control-plane/grpc/enrolment-door.ts';
import { createLiveSessions } from '#control-plane/grpc/live-sessions.ts';
import { startGrpcServer } from '#control-plane/grpc/server.ts';
import type { Database } from '#control-plane/store/database.ts';
import { EnrollmentService } from '#proto/codec/services.ts';
import { type Evidence, proofOf } from '#proto/domain/attestation.ts';
import { makeTenant } from './databases.ts';
import { makeFleet, type TestFleet, withToken } from './enrolment.ts';
import { makeFakeCluster } from './fake-cluster.ts';
import { keyHashOf } from './joining.ts';
import { ageless, listen } from './link.ts';
import { localHosts, makeKey, openTestPki } from './pki.ts';
import { seededRandom } from './random.ts';

/** What became of so many malformed inputs. */
export interface EnrolFuzz {
  readonly inputs: number;
  /** By kind of input, how often each fault or status came. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What must not be: accepted, `broken`, or unanswered; each with what repeats it. */
  readonly wrong: readonly string[];
  /** Used heap, in MiB, after each tenth of the inputs, garbage collected where node lets us. */
  readonly heapMiB: readonly number[];
}

type Method = 'Enroll' | 'Challenge' | 'Recover';
type Input = { readonly to: Method; readonly bytes: Buffer } | { readonly to: 'socket'; readonly bytes: Buffer };
type Random = () => number;

/** A connection may have eight calls at once. */
const inFlight = 6;
const answerWithinMs = 30_000;

/**
 * Throws malformed inputs at the enrolment door as it listens: each from a seed, so that any can be made again. Everything
 * beside the malformed part is right: live tokens, live policies, keys that are proven. Nothing may be let in.
 */
export async function fuzzEnrolment(db: Database, { inputs, seed, collect = () => {} }: { readonly inputs: number; readonly seed: number; readonly collect?: () => void }): Promise<EnrolFuzz> {
  const pki = await openTestPki();
  const attestors = (clock: () => number) => [createAwsAttestor({ clock, endpoint: new URL('http://127.0.0.1:1') }), createKubernetesAttestor({ clock, keySets: createKeySets(() => performance.now()) })];
  const fleet = makeFleet(db, pki, () => 'localhost:7332', attestors);
  const told = listen();
  let doorTime = 0; // of the door's lock-out alone: an address that guesses is shut out after ten
  const door = createEnrolmentDoor({ ...fleet, streamAddress: () => 'localhost:7331', clock: () => (doorTime += 61_000), log: told.log });
  const { key, certificateChain, clientRoots } = await pki.authority.issueServer(localHosts);
  const server = await startGrpcServer({
    streamAddress: '127.0.0.1:0', enrolAddress: 'localhost:0', tls: { key, certificateChain, clientRoots }, serveStream: () => {}, serveRenewal: (_call, answer) => answer({ code: status.UNIMPLEMENTED }),
    enrolment: door, live: createLiveSessions(), age: ageless, log: told.log,
  });
  const client = dial();
  const parts = await makeParts(db, fleet, pki.authority.pin);
  const outcomes: Record<string, Record<string, number>> = {};
  const wrong: string[] = [];
  const heapMiB: number[] = [];
  let next = 0;

  await Promise.all(Array.from({ length: inFlight }, work));
  const before = await countAgents();
  const honest = await fleet.enrolment.enrol(withToken(parts.token, await writeRequest(makeKey())));
  if (before !== 1) wrong.push(`${before - 1} agents were let in`);
  if (!honest.isNew) wrong.push('an honest host is not let in afterwards');
  if (told.lines.some(({ level }) => level >= 50)) wrong.push(`an error is in the log: ${JSON.stringify(told.lines.find(({ level }) => level >= 50)).slice(0, 500)}`);
  client.close();
  await server.stop(0);
  return { inputs, outcomes, wrong, heapMiB };

  async function work(): Promise<void> {
    while (next < inputs) {
      const number = next;
      next += 1;
      const random = seededRandom(seed + number * 2_654_435_761);
      const [kind, make] = pick(kinds, random);
      const input = await make(parts, random);
      const outcome = input.to === 'socket' ? await throwAt(server.enrolAddress, input.bytes) : await answerTo(input.to, input.bytes);
      const counts = (outcomes[kind] ??= {});
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      if (['accepted', 'broken', 'unanswered'].includes(outcome)) wrong.push(`${outcome}: ${kind}, seed ${seed}, input ${number}`);
      if (number % Math.max(1, Math.floor(inputs / 10)) === 0) note();
    }
  }

  /** One that the connection took along with another is sent again alone. */
  async function answerTo(method: Method, bytes: Buffer): Promise<string> {
    const outcome = await ask(client, method, bytes);
    if (outcome !== 'unanswered') return outcome;
    const alone = dial();
    return await ask(alone, method, bytes).finally(() => alone.close());
  }

  function dial(): Client {
    return new GrpcClient(server.enrolAddress, credentials.createSsl(Buffer.from(pki.trustBundle)), { 'grpc.use_local_subchannel_pool': 1 });
  }

  function note(): void {
    told.lines.splice(0, told.lines.length, ...told.lines.filter(({ level }) => level >= 50)); // the test keeps the log, the server does not
    collect();
    heapMiB.push(Math.round(process.memoryUsage().heapUsed / 1024 / 1024));
  }

  async function countAgents(): Promise<number> {
    return (await fleet.agents.listAgents(parts.tenant, { limit: 100 })).items.length;
  }
}

/** What is right, for inputs of which one thing is not. */
interface Parts extends Awaited<ReturnType<typeof makeParts>> {}

async function makeParts(db: Database, fleet: TestFleet, pin: Awaited<ReturnType<typeof openTestPki>>['authority']['pin']) {
  const tenant = await makeTenant(db);
  const { token } = await fleet.tokens.createToken(tenant, { uses: 10_000, ttlSeconds: 86_400 });
  const cluster = await makeFakeCluster({ issuer: 'https://cluster.example', audience: 'fuzz' });
  const [aws, kubernetes] = [
    await fleet.joins.addJoinPolicy(tenant, { name: 'aws', rule: { kind: 'aws', accounts: ['123456789012'], roles: ['web'] } }),
    await fleet.joins.addJoinPolicy(tenant, { name: 'kubernetes', rule: { kind: 'kubernetes', issuer: 'https://cluster.example', audience: 'fuzz', keys: cluster.keys, serviceAccounts: ['shop/dd0c-agent'] } }),
  ];
  const [key, recoveryKey] = [makeKey(), makeKey()];
  const csr = Buffer.from(await writeRequest(key));
  // an agent that could recover, so that there is something to get wrong
  const { agent, serial } = await fleet.enrolment.enrol(withToken(token, await writeRequest(makeKey()), { recoveryKey: publicKeyOf(recoveryKey) }));
  return { fleet, pin, tenant, token, cluster, policies: { aws: aws.id, kubernetes: kubernetes.id }, key, csr, agent, serial };
}

const about = { hostname: 'host', agentVersion: '0.1.0' };

/** Kinds of input, by name. */
const kinds: readonly (readonly [string, (parts: Parts, random: Random) => Promise<Input> | Input])[] = [
  ['bytes that are no message', (_parts, random) => ({ to: pick(['Enroll', 'Recover', 'Enroll'] as const, random), bytes: garbage(random, 2_000) })],
  ['a message that was damaged', (parts, random) => ({ to: 'Enroll', bytes: damage(message('Enroll', { ...about, token: spoil(parts.token, random), csr: parts.csr }), random) })],
  ['a request that was damaged', (parts, random) => ({ to: 'Enroll', bytes: message('Enroll', { ...about, token: parts.token, csr: damage(parts.csr, random) }) })],
  ['a request that is none', (parts, random) => ({ to: 'Enroll', bytes: message('Enroll', { ...about, token: parts.token, csr: garbage(random, 9_000) }) })],
  ['a token that was damaged', (parts, random) => ({ to: 'Enroll', bytes: message('Enroll', { ...about, token: spoil(parts.token, random), csr: parts.csr }) })],
  ['a token that is none', (parts, random) => ({ to: 'Enroll', bytes: message('Enroll', { ...about, token: strangeText(random), csr: parts.csr, hostname: strangeText(random) }) })],
  ['a recovery key that is none', (parts, random) => ({ to: 'Enroll', bytes: message('Enroll', { ...about, token: parts.token, csr: parts.csr, recoveryKey: Buffer.concat([Buffer.from([0x30]), garbage(random, 400)]) }) })],
  ['an attestation of a role', async (parts, random) => ({ to: 'Enroll', bytes: await attested(parts, random, 'aws') })],
  ['an attestation of a pod', async (parts, random) => ({ to: 'Enroll', bytes: await attested(parts, random, 'kubernetes') })],
  ['a recovery', async (parts, random) => ({ to: 'Recover', bytes: await recovery(parts, random) })],
  ['a message that is too large', (parts, random) => ({ to: 'Enroll', bytes: message('Enroll', { ...about, token: parts.token, csr: Buffer.alloc(100_000 + Math.floor(random() * 1_500_000), 0x30) }) })],
  ['bytes that are no HTTP/2', (_parts, random) => ({ to: 'socket', bytes: garbage(random, 4_000) })],
];

async function attested(parts: Parts, random: Random, kind: 'aws' | 'kubernetes'): Promise<Buffer> {
  const nonce = random() < 0.2 ? garbage(random, 120) : Buffer.from(await parts.fleet.challenges.issue());
  const policy = random() < 0.1 ? strangeText(random) : parts.policies[random() < 0.1 ? 'aws' : kind];
  const evidence = kind === 'aws' ? awsEvidence(random) : await podEvidence(parts, random);
  const proof = sign('sha256', proofOf({ pin: parts.pin, policy, nonce, keyHash: keyHashOf(parts.key) }, evidence), parts.key);
  const { kind: _, ...shown } = evidence;
  const attestation = { policyId: policy, nonce, proof: random() < 0.2 ? damage(proof, random) : proof, ...(random() < 0.95 ? { [kind]: shown } : {}) };
  return message('Enroll', { ...about, csr: parts.csr, attestation, ...(random() < 0.05 ? { token: parts.token } : {}) });
}

function awsEvidence(random: Random): Evidence {
  const now = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const region = random() < 0.3 ? strangeText(random).slice(0, 32) : 'us-east-1';
  const authorization = `AWS4-HMAC-SHA256 Credential=ASIAEXAMPLEEXAMPLE/${now.slice(0, 8)}/us-east-1/sts/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-dd0c-challenge, Signature=${'0'.repeat(64)}`;
  return { kind: 'aws', region, authorization: random() < 0.7 ? spoil(authorization, random) : authorization, amzDate: random() < 0.3 ? strangeText(random).slice(0, 32) : now, securityToken: random() < 0.3 ? strangeText(random).slice(0, 4_000) : '' };
}

/** Header and claims are damaged, never the signature alone: some of its encodings are one and the same. */
async function podEvidence({ cluster }: Parts, random: Random): Promise<Evidence> {
  if (random() < 0.2) return { kind: 'kubernetes', token: strangeText(random) };
  const whole = await cluster.token(random() < 0.3 ? { aud: strangeText(random) } : random() < 0.5 ? { exp: 1 } : { 'kubernetes.io': { namespace: strangeText(random), serviceaccount: { name: 'x', uid: 'y' } } });
  return { kind: 'kubernetes', token: random() < 0.5 ? whole : spoil(whole, random) };
}

async function recovery({ fleet, tenant, agent, serial, csr }: Parts, random: Random): Promise<Buffer> {
  const bytes = message('Recover', {
    tenantId: random() < 0.2 ? strangeText(random) : tenant, agentId: random() < 0.2 ? randomUUID() : agent, serial: random() < 0.2 ? strangeText(random) : serial,
    csr: random() < 0.3 ? damage(csr, random) : csr, nonce: random() < 0.2 ? garbage(random, 120) : Buffer.from(await fleet.challenges.issue()), signature: garbage(random, 100),
  });
  return random() < 0.3 ? damage(bytes, random) : bytes;
}

function message(method: Method, request: object): Buffer {
  // the serializer takes what its own types say of the wire, and we give it worse
  return EnrollmentService.service[method].requestSerialize(request);
}

/** Sends the bytes as a call; answers the fault's code, or the status where there is none. */
async function ask(client: Client, method: Method, bytes: Buffer): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const { path } = EnrollmentService.service[method];
  client.makeUnaryRequest(path, (value: Buffer) => value, (value: Buffer) => value, bytes, { deadline: Date.now() + answerWithinMs }, (error: ServiceError | null) => resolve(error === null ? 'accepted' : nameOf(error)));
  return await promise;
}

function nameOf(error: ServiceError): string {
  const [fault] = error.metadata?.get('dd0c-fault') ?? [];
  if (fault !== undefined) return String(fault);
  return error.code === status.DEADLINE_EXCEEDED || error.code === status.UNAVAILABLE ? 'unanswered' : (status[error.code] ?? 'unknown');
}

/** Throws bytes into a TLS connection; it may be closed, and must not be answered as a call. */
async function throwAt(address: string, bytes: Buffer): Promise<string> {
  const [host = '', port = ''] = address.split(':');
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connectTls({ host, port: Number(port), rejectUnauthorized: false, ALPNProtocols: ['h2'] }, () => socket.end(bytes));
  const timer = setTimeout(() => resolve('unanswered'), answerWithinMs);
  socket.on('error', () => resolve('closed'));
  socket.on('close', () => resolve('closed'));
  socket.resume();
  return await promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}

/** The same bytes with something wrong in them, never the same. */
function damage(bytes: Uint8Array, random: Random): Buffer {
  let changed = Buffer.from(bytes);
  const rounds = 1 + Math.floor(random() * 4);
  for (let round = 0; round < rounds || changed.equals(bytes); round += 1) {
    const at = Math.floor(random() * changed.length);
    const how = random();
    if (how < 0.5) changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    else if (how < 0.65) changed = Buffer.concat([changed.subarray(0, at), changed.subarray(at + 1)]);
    else if (how < 0.8) changed = Buffer.concat([changed.subarray(0, at), garbage(random, 20), changed.subarray(at)]);
    else if (how < 0.9) changed = Buffer.from(changed.subarray(0, at));
    else changed = Buffer.concat([changed, changed.subarray(at)]);
    if (changed.length === 0) return Buffer.from([0xff]);
  }
  return changed;
}

/** A text with one letter that is another. */
function spoil(text: string, random: Random): string {
  const at = Math.floor(random() * Math.max(1, text.lastIndexOf('.'))); // before the last part: see podEvidence
  const letter = String.fromCharCode(33 + Math.floor(random() * 94));
  return text[at] === letter ? `${text.slice(0, at)}~${text.slice(at)}` : text.slice(0, at) + letter + text.slice(at + 1);
}

const odd = ['', '\0', '\r\nHost: evil', "' or 1=1 --", '\ud800', 'dd0c-join-v1.', 'x'.repeat(600), 'a.b.c', '../../etc', '{}', '💥', `dd0c-join-v1.${'0'.repeat(36)}.${'A'.repeat(43)}.${'0'.repeat(64)}`];

function strangeText(random: Random): string {
  return random() < 0.6 ? pick(odd, random) : garbage(random, 300).toString('latin1');
}

function garbage(random: Random, most: number): Buffer {
  return Buffer.from(Array.from({ length: 1 + Math.floor(random() * most) }, () => Math.floor(random() * 256)));
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
