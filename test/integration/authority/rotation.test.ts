import { X509Certificate } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readIdentity } from '#agent/identity/identity.ts';
import { createIdentityKeeper } from '#agent/identity/keeper.ts';
import { pinOf } from '#ca/x509/pin.ts';
import { fromPem } from '#ca/x509/pem.ts';
import { type Installation, linkAgent, type LinkedAgent, startInstallation } from '#test/harness/installation.ts';
import { hello, type RawLink, rawLink } from '#test/harness/raw-link.ts';

interface Status {
  readonly phase: string;
  readonly pin: string;
  readonly roots: readonly { readonly which: string; readonly pin: string; readonly key: string }[];
  readonly next: { readonly step: string; readonly lacks: string | null; readonly ready: number; readonly counted: number; readonly waiting: readonly { readonly name: string }[] };
}

let here: Installation;
let speaks: LinkedAgent; // takes roots from the stream
let speaksFolder: string;
let silent: string; // an agent of a version that does not
let silentLink: RawLink;
let firstPin: string;

beforeAll(async () => {
  here = await startInstallation();
  firstPin = here.plane.ready.caPin;
  speaksFolder = await here.enrol('speaks');
  speaks = linkAgent(speaksFolder);
  silent = await here.enrol('silent');
  silentLink = linkSilently();
  await silentLink.next('welcome');
});

afterAll(async () => {
  silentLink.close();
  await speaks.stop();
  rmSync(speaksFolder, { recursive: true, force: true });
  rmSync(silent, { recursive: true, force: true });
  await here.stop();
  rmSync(here.data, { recursive: true, force: true });
});

describe('a rotation of the authority', { timeout: 60_000 }, () => {
  test('takes its steps in order, and back from each, and is the same as before', async () => {
    await expect.poll(() => speaks.uplink.state.kind).toBe('live');
    expect(await refused({ step: 'issue' })).toMatchObject({ code: 'rotation-out-of-order' });

    expect(await step({ step: 'prepare' })).toMatchObject({ phase: 'prepared', pin: firstPin });
    expect(await refused({ step: 'prepare' })).toMatchObject({ code: 'rotation-out-of-order' });
    expect(await step({ step: 'roll-back' })).toMatchObject({ phase: 'steady', roots: [{ which: 'current', pin: firstPin }] });

    await step({ step: 'prepare' });
    await step({ step: 'trust' });
    await trusts(speaks, 2);
    expect(await step({ step: 'roll-back' })).toMatchObject({ phase: 'steady' });
    await trusts(speaks, 1);
    expect(pinsOf(speaks)).toEqual([firstPin]);
  });

  test('waits before it issues until every agent trusts both roots, and names those that do not', async () => {
    await step({ step: 'prepare' });
    await step({ step: 'trust' });
    await trusts(speaks, 2);

    await expect.poll(async () => (await status()).next).toMatchObject({ step: 'issue', lacks: 'trust', ready: 1, counted: 2, waiting: [{ name: 'silent' }] });
    expect(await refused({ step: 'issue' })).toMatchObject({ code: 'rotation-not-ready' });
    expect(await refused({ step: 'issue', share: 0.6 })).toMatchObject({ code: 'rotation-not-ready' });

    await renewSilently(); // the answer to a renewal carries both roots
    await expect.poll(async () => (await status()).next).toMatchObject({ ready: 2, counted: 2, waiting: [] });
  });

  test('issues under the successor while streams live on, and new hosts and renewals are its own', async () => {
    expect(await step({ step: 'issue' })).toMatchObject({ phase: 'issuing' });
    const { pin } = await status();
    expect(pin).not.toBe(firstPin);
    expect(speaks.uplink.state.kind).toBe('live');

    await speaks.keeper.renew();
    await reconnect(speaks);
    await expect.poll(() => issuerOf(speaksFolder)).toBe(await successorsAgents());
    const fresh = await here.enrol('fresh');
    expect(fromPem(readIdentity(fresh).trustBundle).map((root) => pinOf(root))).toContain(pin);
    await here.ask('DELETE', `/v1/agents/${readIdentity(fresh).agent}`);
    rmSync(fresh, { recursive: true, force: true });
  });

  test('goes back from there, still trusts both, and does not end while an agent has a certificate of the successor', async () => {
    expect(await step({ step: 'roll-back' })).toMatchObject({ phase: 'trusting', pin: firstPin });
    await reconnect(speaks);

    expect(await refused({ step: 'roll-back' })).toMatchObject({ code: 'rotation-not-ready' });

    expect(await step({ step: 'issue' })).toMatchObject({ phase: 'issuing' });
  });

  test('retires the old root only when certificates are renewed, or by force: then its streams are cut, and it is refused', async () => {
    expect(await refused({ step: 'retire' })).toMatchObject({ code: 'rotation-not-ready' });
    expect((await status()).next).toMatchObject({ step: 'retire', lacks: 'certificate', ready: 1, counted: 2, waiting: [{ name: 'silent' }] });

    expect(await step({ step: 'retire', force: true })).toMatchObject({ phase: 'steady', roots: [{ which: 'current' }] });

    expect(await silentLink.ended).toMatchObject({ fault: 'certificate-retired' });
    await expect.poll(async () => (await linkSilently().ended).code, { timeout: 10_000 }).toBe('UNAVAILABLE'); // soon in the handshake already
    expect(here.told.findLast(({ msg }) => msg === 'certificate refused')).toMatchObject({ fault: 'certificate-invalid' });
    expect(speaks.uplink.state.kind).toBe('live');
    await trusts(speaks, 1);
    expect(pinsOf(speaks)).toEqual([(await status()).pin]);
  });

  test('stands in the audit trail, step by step, with who did it and whom it left behind', async () => {
    await expect.poll(async () => topics()).toEqual([
      'ca.prepared', 'ca.rolled-back', 'ca.prepared', 'ca.trusted', 'ca.rolled-back', 'ca.prepared', 'ca.trusted', 'ca.issuing', 'ca.rolled-back', 'ca.issuing', 'ca.retired',
    ]);
    const last = (await trail()).at(-1);
    expect(last?.body).toMatchObject({ forced: true, ready: 1, counted: 2, by: expect.any(String) as string });
  });

  test('leaves an agent that kept up able to connect again after a restart of the server', async () => {
    const { grpc, enroll } = here.plane.ready;
    await here.stop();
    here = await startInstallation({ data: here.data, ports: { grpc, enroll } });

    await expect.poll(() => speaks.uplink.state.kind, { timeout: 20_000 }).toBe('live');
  });
});

async function step(body: object): Promise<Status> {
  const answer = await here.ask('POST', '/v1/ca/rotation', body);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as Status;
}

async function refused(body: object): Promise<unknown> {
  const answer = await here.ask('POST', '/v1/ca/rotation', body);
  expect(answer.status).toBe(409);
  return answer.body;
}

async function status(): Promise<Status> {
  return (await here.ask('GET', '/v1/ca')).body as Status;
}

async function trail(): Promise<readonly { topic: string; body: unknown }[]> {
  const { entries } = (await here.ask('GET', '/v1/audit/entries?limit=500')).body as { entries: { topic: string; body: unknown }[] };
  return entries.filter(({ topic }) => topic.startsWith('ca.'));
}

async function topics(): Promise<readonly string[]> {
  return (await trail()).map(({ topic }) => topic);
}

async function reconnect({ uplink }: LinkedAgent): Promise<void> {
  const epoch = (): number => (uplink.state.kind === 'live' ? uplink.state.welcome.epoch : 0);
  const before = epoch();
  uplink.reconnect();
  await expect.poll(epoch, { timeout: 10_000 }).toBeGreaterThan(before);
}

async function trusts(agent: LinkedAgent, count: number): Promise<void> {
  await expect.poll(() => fromPem(agent.identity().trustBundle).length, { timeout: 10_000 }).toBe(count);
}

function pinsOf(agent: LinkedAgent): readonly string[] {
  return fromPem(agent.identity().trustBundle).map((root) => pinOf(root));
}

function issuerOf(folder: string): string {
  return new X509Certificate(readIdentity(folder).certificateChain).issuer;
}

async function successorsAgents(): Promise<string> {
  const { roots } = (await here.ask('GET', '/v1/ca')).body as { roots: { which: string; agents: { subject: string }[] }[] };
  return (roots.find(({ which }) => which === 'successor')?.agents.at(-1)?.subject ?? '').replaceAll(', ', '\n');
}

/** Says nothing of what it trusts, and takes no roots from the stream. */
function linkSilently(): RawLink {
  const { address, trustBundle, key, certificateChain } = readIdentity(silent);
  const link = rawLink(address, trustBundle, { key, certificateChain });
  link.send(hello(randomUUID()));
  return link;
}

async function renewSilently(): Promise<void> {
  const keeper = createIdentityKeeper({ dataDir: silent, random: Math.random });
  await keeper.renew();
  keeper.forConnection();
  await keeper.welcomed();
  silentLink.close();
  silentLink = linkSilently();
  await silentLink.next('welcome');
}
