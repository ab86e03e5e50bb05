import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from './environment.ts';

/**
 * Where one agent keeps its identity, spool and keys: the option, DD0C_DATA, or the user's state folder (XDG Base
 * Directory Specification). An absolute path.
 */
export function dataFolder(option: string | undefined, env: Environment): string {
  const named = option ?? env['DD0C_DATA'];
  if (named !== undefined) return resolve(named);
  return join(env['XDG_STATE_HOME'] ?? join(env['HOME'] ?? homedir(), '.local', 'state'), 'dd0c-agent');
}
