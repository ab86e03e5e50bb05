import { readFile } from 'node:fs/promises';
import { Fault } from '#proto/domain/fault.ts';
import type { Voucher } from './voucher.ts';

/** Where docs/joining.md mounts it. The pod's usual token is for the API server, and is not sent anywhere else. */
export const usualTokenFile = '/var/run/secrets/dd0c/token';

const maxBytes = 16 * 1024;

/** The cluster, for pods: a projected token for the policy's audience. */
export function createKubernetesVoucher({ policy, file = usualTokenFile }: { readonly policy: string; readonly file?: string | undefined }): Voucher {
  return { kind: 'kubernetes', policy, evidence };

  async function evidence() {
    const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      throw new Fault('join-evidence-missing', { join: 'kubernetes', file, reason: cause.code }, { cause });
    });
    const token = text.trim();
    if (token === '' || token.length > maxBytes || !/^[\w.-]+$/.test(token)) throw new Fault('join-evidence-missing', { join: 'kubernetes', file, reason: 'it holds no token' });
    return { kind: 'kubernetes', token } as const;
  }
}
