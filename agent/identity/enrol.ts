import { rm } from 'node:fs/promises';
import { syncFolder } from '#ca/keys/private-file.ts';
import { writeRequest } from '#ca/x509/request.ts';
import { Fault } from '#proto/domain/fault.ts';
import { type CaPin, parseCaPin, parseJoinToken } from '#proto/domain/join-token.ts';
import { type Dialler, directly } from '../dial/dialler.ts';
import { type Application, ask, askChallenge, type EnrolmentPeer } from './ask.ts';
import { candidateKey, keepCandidate, newRecoveryKey, publicKeyOf, writing } from './candidate.ts';
import { checkAnswer } from './check-answer.ts';
import { findRoot } from './find-root.ts';
import { openFolder, replace } from './folder.ts';
import { type Identity, readIdentity } from './identity.ts';
import { forgetTrouble } from './recover.ts';
import { parseServerAddress } from './server-address.ts';
import { attest, type Voucher } from './voucher.ts';

export interface EnrolRequest {
  /** HOST:PORT of the enrolment listener. */
  readonly server: string;
  /** Whom to trust; without one, the pin that the token carries. */
  readonly caPin?: string | undefined;
  /** What lets this host in: a join token, or somebody who vouches for it. */
  readonly token?: string | undefined;
  readonly voucher?: Voucher | undefined;
  readonly dataDir: string;
  readonly hostname: string;
  /** Of this agent. */
  readonly version: string;
  /** Replaces an identity that is there. */
  readonly force?: boolean;
  /** The way out; by default without a proxy. */
  readonly dialler?: Dialler;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * Trades a join token, or what vouches for this host, for an identity and keeps it in the data folder. It can be run again
 * after any failure: the key is kept until an enrolment succeeds, and the server knows a key that comes again. Token and
 * evidence are sent only once the server has proven to hold a certificate of the pinned root for its own name.
 * @throws Fault `already-enrolled`, `token-invalid`, `pin-mismatch`, what the server refused with, or why it could not
 * be asked
 */
export async function enrol({ server, caPin, token, voucher, dataDir, hostname, version, force = false, dialler = directly, now = Date.now }: EnrolRequest): Promise<Identity> {
  const address = parseServerAddress(server);
  const pin = token === undefined ? givenPin(caPin) : agreedPin(token, caPin);
  const folder = openFolder(dataDir);
  if (!force) refuseEnrolled(dataDir);

  const peer = { server: address, root: await findRoot(address, pin, dialler), dialler };
  const key = await candidateKey(folder);
  const recoveryKey = await newRecoveryKey(folder);
  const proof = await proofOfRight(peer, { token, voucher, pin, key });
  const answer = await ask(peer, { proof, csr: await writeRequest(key), recoveryKey: publicKeyOf(recoveryKey), hostname, agentVersion: version });
  await keepCandidate(folder, checkAnswer(answer, publicKeyOf(key), pin), { dataDir, recoveryKey, enrolAddress: address.text, enrolledAt: new Date(now()) });
  await writing(folder.current, async () => {
    replace(folder);
    await rm(folder.previous, { recursive: true, force: true }); // another agent's, if anybody's
    await syncFolder(dataDir);
  });
  await forgetTrouble(dataDir);
  return readIdentity(dataDir);
}

async function proofOfRight(peer: EnrolmentPeer, { token, voucher, pin, key }: Pick<EnrolRequest, 'token' | 'voucher'> & { pin: CaPin; key: string }): Promise<Application['proof']> {
  if (token !== undefined) return { kind: 'token', token: token.trim() };
  if (voucher === undefined) throw new Fault('join-token-unnamed');
  return { kind: 'attestation', attestation: await attest(voucher, { pin, key, nonce: await askChallenge(peer) }) };
}

/** Nothing that a host is vouched for by names a server: the pin must. */
function givenPin(caPin: string | undefined): CaPin {
  const pin = caPin === undefined ? null : parseCaPin(caPin);
  if (pin === null) throw new Fault('usage', { option: '--ca-pin', expected: 'sha256: and 64 hexadecimal digits' });
  return pin;
}

/** The token and the option must name the same root; a token of another server is found before it is sent anywhere. */
function agreedPin(token: string, caPin: string | undefined): CaPin {
  const carried = parseJoinToken(token.trim());
  if (carried === null) throw new Fault('token-invalid', { reason: 'it does not look like a join token' });
  if (caPin === undefined) return carried.pin;
  const pin = givenPin(caPin);
  if (pin !== carried.pin) throw new Fault('pin-mismatch', { reason: 'the token was made by another server than the pin names', expected: pin, token: carried.pin });
  return pin;
}

/** An identity that cannot be read counts as one: to replace it is for a person to decide. */
function refuseEnrolled(dataDir: string): void {
  try {
    const { agent, notAfter } = readIdentity(dataDir);
    throw new Fault('already-enrolled', { agent, notAfter: notAfter.toISOString() });
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'not-enrolled')) throw error;
  }
}
