import { createConnection } from 'node:net';
import { readApproverKey } from '#proto/domain/approver-key.ts';
import { Fault } from '#proto/domain/fault.ts';

/** Signs with a key that this process never sees. */
export interface Signer {
  readonly keyId: string;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Numbers of messages: https://datatracker.ietf.org/doc/html/draft-ietf-sshm-ssh-agent. */
const messages = { listKeys: 11, keys: 12, sign: 13, signature: 14 } as const;

/** Long enough for a person to touch a token. */
const answerWithinMs = 60_000;
const maxAnswerBytes = 256 * 1024;

/**
 * The Ed25519 key in a running ssh-agent: the one whose id begins so, or the only one.
 * @throws Fault `approver-key-unreadable`
 */
export async function sshAgentSigner(socket: string | undefined, wanted: string): Promise<Signer> {
  if (socket === undefined || socket === '') throw unreadable('SSH_AUTH_SOCK is not set, so no ssh-agent runs here');
  const found = keysIn(await ask(socket, messages.keys, Buffer.from([messages.listKeys]))).filter(({ keyId }) => keyId.startsWith(wanted));
  const [key] = found;
  if (key === undefined) throw unreadable('the ssh-agent holds no such ssh-ed25519 key');
  if (found.length > 1) throw unreadable('the ssh-agent holds several ssh-ed25519 keys; name one: --ssh-agent ID, as `dd0c keys list` shows it');
  return {
    keyId: key.keyId,
    async sign(bytes) {
      const request = Buffer.concat([Buffer.from([messages.sign]), field(key.blob), field(bytes), Buffer.alloc(4)]);
      const [signature = Buffer.alloc(0)] = fields((await ask(socket, messages.signature, request)).subarray(1));
      const [kind, raw] = fields(signature);
      if (kind?.toString() !== 'ssh-ed25519' || raw?.length !== 64) throw unreadable('the ssh-agent answered with something that is no Ed25519 signature');
      return raw;
    },
  };
}

function keysIn(answer: Buffer): readonly { readonly keyId: string; readonly blob: Buffer }[] {
  const all = fields(answer.subarray(5)); // behind the kind and the number of keys: blob, comment, blob, comment …
  const blobs = all.filter((_, index) => index % 2 === 0);
  return blobs.filter((blob) => fields(blob)[0]?.toString() === 'ssh-ed25519').map((blob) => ({ blob, keyId: readApproverKey(`ssh-ed25519 ${blob.toString('base64')}`).keyId }));
}

/** One question, one answer, one connection. */
async function ask(socket: string, expected: number, request: Buffer): Promise<Buffer> {
  const connection = createConnection(socket);
  connection.setTimeout(answerWithinMs, () => connection.destroy(new Error('it did not answer')));
  try {
    connection.write(field(request));
    let answer = Buffer.alloc(0);
    for await (const chunk of connection) {
      answer = Buffer.concat([answer, chunk as Buffer]);
      const length = answer.length < 4 ? maxAnswerBytes : answer.readUInt32BE(0);
      if (answer.length > maxAnswerBytes) break;
      if (answer.length < 4 + length) continue;
      if (answer[4] !== expected) throw unreadable('the ssh-agent refused');
      return answer.subarray(4, 4 + length);
    }
  } catch (error) {
    throw error instanceof Fault ? error : unreadable(`the ssh-agent could not be asked: ${error instanceof Error ? error.message : ''}`);
  } finally {
    connection.destroy();
  }
  throw unreadable('the ssh-agent hung up');
}

/** Length-prefixed parts, as far as they are whole. */
function fields(bytes: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (at + 4 + length > bytes.length) break;
    parts.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts;
}

function field(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function unreadable(reason: string): Fault {
  return new Fault('approver-key-unreadable', { reason });
}
