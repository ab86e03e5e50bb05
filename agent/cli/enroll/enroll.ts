import { hostname } from 'node:os';
import type { JoinKind } from '#proto/domain/attestation.ts';
import { Fault } from '#proto/domain/fault.ts';
import { dataFolder } from '../../config/data-folder.ts';
import { readConfig } from '../../config/read-config.ts';
import { version } from '../../config/version.ts';
import { createDialler } from '../../dial/dialler.ts';
import { enrol } from '../../identity/enrol.ts';
import type { Host } from '../host.ts';
import { readJoinToken } from './join-token.ts';
import { voucherFor } from './voucher-for.ts';

export interface EnrollRequest {
  readonly server?: string;
  readonly caPin?: string;
  readonly tokenFile?: string;
  readonly join?: JoinKind;
  readonly policy?: string;
  readonly kubernetesTokenFile?: string;
  readonly data?: string;
  readonly config?: string;
  readonly force?: true;
}

/** Enrols this agent and says where its identity lies. */
export async function enroll(request: EnrollRequest, host: Host): Promise<number> {
  const { server, caPin, tokenFile, join, data, config, force } = request;
  const { terminal, env, cwd } = host;
  const { config: settings } = await readConfig(config, cwd);
  const address = server ?? settings.server;
  if (address === undefined) throw new Fault('usage', { option: '--server', expected: 'HOST:PORT, or `server` in dd0c.yaml' });
  const dataDir = dataFolder(data, env);
  const right = join === undefined ? { token: await readJoinToken(tokenFile, host) } : { voucher: voucherFor({ ...request, join }, env) };
  const identity = await enrol({ ...right, server: address, caPin, dataDir, hostname: hostname(), version, force: force === true, dialler: createDialler({ env, ...settings.link }) });

  const { out, paint } = terminal;
  out(`${paint('green', 'enrolled')} as agent ${paint('bold', identity.agent)}\n`);
  out(`  identity     ${dataDir}\n  certificate  until ${identity.notAfter.toISOString()}\n  reports to   ${identity.address}\n`);
  out(`${paint('cyan', 'next:')} dd0c-agent run${data === undefined ? '' : ` --data ${data}`}\n`);
  return 0;
}
