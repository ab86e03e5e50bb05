import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { text } from 'node:stream/consumers';
import { Fault } from '#proto/domain/fault.ts';
import { dataFolder } from '../../config/data-folder.ts';
import { readConfig } from '../../config/read-config.ts';
import { version } from '../../config/version.ts';
import { createDialler } from '../../dial/dialler.ts';
import { enrol } from '../../identity/enrol.ts';
import type { Host } from '../host.ts';

export interface EnrollRequest {
  readonly server?: string;
  readonly caPin?: string;
  readonly tokenFile?: string;
  readonly data?: string;
  readonly config?: string;
  readonly force?: true;
}

/** Enrols this agent and says where its identity lies. */
export async function enroll({ server, caPin, tokenFile, data, config, force }: EnrollRequest, { terminal, env, cwd }: Host): Promise<number> {
  const { config: settings } = await readConfig(config, cwd);
  const address = server ?? settings.server;
  if (address === undefined) throw new Fault('usage', { option: '--server', expected: 'HOST:PORT, or `server` in dd0c.yaml' });
  const dataDir = dataFolder(data, env);
  const token = await readToken();
  const identity = await enrol({ server: address, caPin, token, dataDir, hostname: hostname(), version, force: force === true, dialler: createDialler({ env, ...settings.link }) });

  const { out, paint } = terminal;
  out(`${paint('green', 'enrolled')} as agent ${paint('bold', identity.agent)}\n`);
  out(`  identity     ${dataDir}\n  certificate  until ${identity.notAfter.toISOString()}\n  reports to   ${identity.address}\n`);
  out(`${paint('cyan', 'next:')} dd0c-agent run${data === undefined ? '' : ` --data ${data}`}\n`);
  return 0;

  async function readToken(): Promise<string> {
    if (tokenFile === undefined) {
      if (env['DD0C_JOIN_TOKEN'] === undefined) throw new Fault('join-token-unnamed');
      return env['DD0C_JOIN_TOKEN'].trim();
    }
    const token = (tokenFile === '-' ? await text(terminal.input) : await readTokenFile(tokenFile)).trim();
    if (token === '') throw new Fault('join-token-unreadable', { file: tokenFile });
    return token;
  }
}

async function readTokenFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Fault('join-token-unreadable', { file }, { cause });
  });
}
