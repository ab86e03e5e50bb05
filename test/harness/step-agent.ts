import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { type Child, runChild } from './child.ts';
import { trustDomain } from './link.ts';
import type { LinkPki } from './link-pki.ts';

export interface StepAgent extends Child {
  readonly dataDir: string;
  /** Removes its folder, once it has ended. */
  clear(): void;
}

export interface StepAgentOptions {
  readonly pki: LinkPki;
  readonly address: string;
  readonly identity: { readonly tenant: TenantId; readonly agent: AgentId };
  /** What dd0c.yaml says beside what every test agent has. */
  readonly config: string;
  /** Of an agent before this one, whose data it goes on with. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The agent itself, as a service in a process of its own, enrolled with an authority of the test. */
export async function startStepAgent({ pki, address, identity, config, dataDir, env = {} }: StepAgentOptions): Promise<StepAgent> {
  const dir = dataDir ?? (await enrolled(pki, address, identity));
  mkdirSync(join(dir, 'nothing'), { recursive: true });
  writeFileSync(join(dir, 'dd0c.yaml'), `version: 1\nscan: { paths: [${join(dir, 'nothing')}], interval: 1d }\n${config}`, { mode: 0o600 });
  const child = runChild('agent/main.ts', ['run', '--config', join(dir, 'dd0c.yaml'), '--data', dir], env);
  return { ...child, dataDir: dir, clear: () => rmSync(dir, { recursive: true, force: true }) };
}

async function enrolled(pki: LinkPki, address: string, { tenant, agent }: StepAgentOptions['identity']): Promise<string> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'dd0c-step-agent-')));
  const { key, certificateChain } = await pki.agent({ trustDomain, tenant, agent });
  const folder = join(dir, 'identity');
  mkdirSync(folder, { mode: 0o700 });
  const about = { schema: 'dd0c.identity/v1', tenant, agent, streamAddress: address, enrolledAt: new Date().toISOString() };
  for (const [name, text] of [['key.pem', key], ['certificate.pem', certificateChain], ['trust.pem', pki.root], ['identity.json', JSON.stringify(about)]] as const) writeFileSync(join(folder, name), text, { mode: 0o600 });
  return dir;
}
