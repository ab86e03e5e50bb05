import { open } from 'node:fs/promises';
import { isMissing } from '#ca/keys/private-file.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { Environment } from '../../config/environment.ts';
import type { ReadSecret } from '../../runbook/secrets.ts';

/** No secret that a variable carries is longer. */
const maxBytes = 64 * 1024;

/** Secrets from this host: variables of the agent's own environment, and files, without the line end that editors add. */
export function secretReader(env: Environment): ReadSecret {
  return async (source) => {
    if (source.kind === 'env') return env[source.name] ?? null;
    const file = await open(source.path).catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw new Fault('secret-not-granted', { file: source.path, reason: 'the agent may not read it' }, { cause: error });
    });
    if (file === null) return null;
    try {
      const { size } = await file.stat();
      if (size > maxBytes) throw new Fault('secret-not-granted', { file: source.path, reason: 'the file is too large', bytes: size });
      return (await file.readFile('utf8')).replace(/\r?\n$/, '');
    } finally {
      await file.close();
    }
  };
}
