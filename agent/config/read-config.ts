import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { type AgentConfig, defaultConfig } from './agent-config.ts';
import { parseConfig } from './parse-config.ts';

/** A configuration and the folder that its relative paths start from. */
export interface FoundConfig {
  readonly config: AgentConfig;
  /** Absolute, or null where there is no file. */
  readonly file: string | null;
  /** Absolute. */
  readonly folder: string;
}

const defaultName = 'dd0c.yaml';

/**
 * The named file, or dd0c.yaml in the folder, or what holds without one.
 * @throws Fault `config-unreadable`, `config-invalid` with field and line
 */
export async function readConfig(named: string | undefined, cwd: string): Promise<FoundConfig> {
  const file = named === undefined ? join(cwd, defaultName) : resolve(cwd, named);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (named === undefined && error.code === 'ENOENT') return null;
    throw new Fault('config-unreadable', { file, reason: error.code }, { cause: error });
  });
  if (text === null) return { config: defaultConfig, file: null, folder: cwd };
  return { config: parseConfig(text, file), file, folder: dirname(file) };
}
