import { copyFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '#ca/keys/private-file.ts';
import { fromPem } from '#ca/x509/pem.ts';
import { writeRequest } from '#ca/x509/request.ts';
import { type Dialler, directly } from '../dial/dialler.ts';
import { askRenewal, type Successor } from './ask.ts';
import { candidateKey, keepCandidate, publicKeyOf, writing } from './candidate.ts';
import { asFault } from '#proto/domain/fault.ts';
import { checkBegun, checkSuccessor } from './check-answer.ts';
import { files, openFolder, replace } from './folder.ts';
import { type Identity, readCandidate, readIdentity } from './identity.ts';
import { keepTrust } from './keep-trust.ts';
import { forgetTrouble, keepTrouble, recover } from './recover.ts';
import { parseServerAddress } from './server-address.ts';
import { judgeTrust, type OfferedTrust } from './trust.ts';

/**
 * The identity over its renewals:
 *
 *     current --renew--> current and candidate --welcomed--> the candidate is current, the old one previous
 *                        current and candidate --refused--> current
 *
 * A candidate that is whole on disk is what every connection tries, also after a restart: once the server has seen it, the
 * old certificate counts as a copy. It is given up only when the server says that it will not have it.
 */
export interface IdentityKeeper {
  /**
   * What the next connection is made with.
   * @throws Fault `not-enrolled`, `identity-unreadable`
   */
  forConnection(): Identity;
  /** The server welcomed what `forConnection` gave. */
  welcomed(): Promise<void>;
  /** The server will not have what `forConnection` gave. */
  refused(): void;
  /** When the current identity is to be succeeded, in milliseconds since the epoch. */
  dueAt(): number;
  /**
   * Asks for a successor and keeps it as the candidate. After the certificate ran out that is a recovery, which the
   * control plane's policy may refuse or put off.
   * @throws Fault as the server named it, or why it could not be asked; `clock-wrong`, `identity-unwritable`,
   *   `certificate-expired` where there is nothing to recover with
   */
  renew(): Promise<void>;
  /**
   * Trusts these roots from the next connection on, and answers their fingerprint.
   * @throws Fault `trust-refused`, `identity-unwritable`
   */
  trust(offered: OfferedTrust): Promise<string>;
}

export interface KeeperOptions {
  readonly dataDir: string;
  /** A number in [0, 1), one for each certificate: so that a fleet enrolled at once does not renew at once. */
  readonly random: () => number;
  /** The way out; by default without a proxy. */
  readonly dialler?: Dialler;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Of a certificate's life: the half, and a tenth of it to either side. */
const [half, spread] = [0.5, 0.1];

export function createIdentityKeeper({ dataDir, random, dialler = directly, now = Date.now }: KeeperOptions): IdentityKeeper {
  const rolls = new Map<string, number>();
  let given = ''; // the serial of what the last connection was made with
  return { forConnection, welcomed, refused, dueAt, renew, trust };

  function forConnection(): Identity {
    const identity = read();
    given = identity.serial;
    return identity;
  }

  async function welcomed(): Promise<void> {
    if (readCandidate(dataDir)?.serial !== given) return;
    const folder = openFolder(dataDir);
    await writing(folder.current, async () => {
      await copyFile(join(folder.current, files.scrubKey), join(folder.candidate, files.scrubKey)); // it may have been rotated meanwhile
      replace(folder);
      await syncFolder(dataDir);
    });
  }

  function refused(): void {
    if (readCandidate(dataDir)?.serial === given) rmSync(openFolder(dataDir).candidate, { recursive: true, force: true });
  }

  function dueAt(): number {
    const { serial, notBefore, notAfter } = read();
    const roll = rolls.get(serial) ?? random();
    rolls.set(serial, roll);
    const life = notAfter.getTime() - notBefore.getTime();
    return notBefore.getTime() + life * (half + spread * (2 * roll - 1) * half);
  }

  function read(): Identity {
    return readCandidate(dataDir) ?? readIdentity(dataDir);
  }

  async function renew(): Promise<void> {
    const before = readIdentity(dataDir);
    const folder = openFolder(dataDir);
    const key = await candidateKey(folder);
    const csr = await writeRequest(key);
    const isOver = now() >= before.notAfter.getTime();
    const successor = isOver ? await askedBack(before, csr) : await askRenewal(parseServerAddress(before.address), before, csr, dialler);
    const checked = checkSuccessor(successor, publicKeyOf(key), before);
    checkBegun(checked, now());
    await keepCandidate(folder, checked, { ...before, dataDir });
    await forgetTrouble(dataDir);
  }

  /** Why it is not let back is kept, for `doctor`. */
  async function askedBack(before: Identity, csr: Uint8Array): Promise<Successor> {
    try {
      return await recover(before, csr, dialler);
    } catch (error) {
      await keepTrouble(dataDir, asFault(error), new Date(now()));
      throw error;
    }
  }

  async function trust(offered: OfferedTrust): Promise<string> {
    const { trustBundle, trustDomain } = readIdentity(dataDir);
    judgeTrust(fromPem(trustBundle), offered, trustDomain);
    return await keepTrust(dataDir, offered.roots);
  }
}
