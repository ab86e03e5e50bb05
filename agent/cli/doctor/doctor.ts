import { asFault } from '#proto/domain/fault.ts';
import { dataFolder } from '../../config/data-folder.ts';
import { type FoundConfig, readConfig } from '../../config/read-config.ts';
import { version } from '../../config/version.ts';
import { createDialler } from '../../dial/dialler.ts';
import { type Identity, readIdentity } from '../../identity/identity.ts';
import { createTextCleaner } from '../clean-text.ts';
import type { Host } from '../host.ts';
import { pad, wrap } from '../terminal/fit.ts';
import type { Colour } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import type { Check, Finding } from './check.ts';
import { checkCertificate } from './checks/certificate.ts';
import { checkDisk } from './checks/disk.ts';
import { checkProxy } from './checks/proxy.ts';
import { checkReach } from './checks/reach.ts';
import { checkSandbox } from './checks/sandbox.ts';
import { checkSteps } from './checks/steps.ts';
import { checkTools } from './checks/tools.ts';

export interface DoctorRequest {
  readonly json?: true;
  readonly data?: string;
  readonly config?: string;
}

/** After identity and configuration, in the order in which they are told. */
const checks: readonly Check[] = [checkCertificate, checkReach, checkProxy, checkDisk, checkSteps, checkTools, checkSandbox];

/** Examines this host and answers 0 where all is well, 1 where something is wrong. */
export async function doctor({ json, data, config }: DoctorRequest, { terminal, env, cwd }: Host): Promise<0 | 1> {
  const dataDir = dataFolder(data, env);
  const who = examineIdentity(dataDir);
  const how = await examineConfig(config, cwd);
  const patient = { dataDir, identity: who.identity, config: how.config, env, dialler: createDialler({ env, ...how.config?.config.link }), now: new Date() };
  const findings = [who.finding, how.finding, ...(await Promise.all(checks.map((check) => check(patient).catch((error: unknown) => [bad('doctor', error)])))).flat()];
  const isWell = findings.every(({ state }) => state !== 'bad');
  const clean = createTextCleaner();
  const told = findings.map((finding) => ({ ...finding, detail: clean(finding.detail), ...(finding.next === undefined ? {} : { next: clean(finding.next) }) }));
  terminal.out(json === true ? `${JSON.stringify({ schema: 'dd0c.doctor/v1', agent: version, ok: isWell, checks: told }, null, 2)}\n` : list(told, terminal));
  return isWell ? 0 : 1;
}

function examineIdentity(dataDir: string): { readonly identity: Identity | null; readonly finding: Finding } {
  try {
    const identity = readIdentity(dataDir);
    return { identity, finding: { name: 'identity', state: 'good', detail: `agent ${identity.agent} of tenant ${identity.tenant}, in ${dataDir}` } };
  } catch (error) {
    return { identity: null, finding: bad('identity', error) };
  }
}

async function examineConfig(named: string | undefined, cwd: string): Promise<{ readonly config: FoundConfig | null; readonly finding: Finding }> {
  try {
    const config = await readConfig(named, cwd);
    return { config, finding: { name: 'config', state: 'good', detail: config.file ?? 'no dd0c.yaml here; the defaults hold' } };
  } catch (error) {
    return { config: null, finding: bad('config', error) };
  }
}

function bad(name: string, error: unknown): Finding {
  const { message, next } = asFault(error);
  return { name, state: 'bad', detail: message.replace(/^\[[a-z-]+\] /, ''), next };
}

const marks: Readonly<Record<Finding['state'], readonly [string, Colour]>> = { good: ['✓', 'green'], note: ['!', 'yellow'], bad: ['✗', 'red'] };

function list(findings: readonly Finding[], { width, paint }: Host['terminal']): string {
  const nameWidth = Math.max(...findings.map(({ name }) => name.length));
  const room = Math.max(30, width - nameWidth - 4);
  const indent = ' '.repeat(nameWidth + 4);
  const lines = findings.flatMap(({ name, state, detail, next }) => {
    const [mark, colour] = marks[state];
    const [first = '', ...rest] = wrap(printable(detail), room);
    const told = next === undefined || state === 'good' ? [] : wrap(`next: ${printable(next)}`, room).map((line) => `${indent}${paint('cyan', line)}`);
    return [`${paint(colour, mark)} ${pad(name, nameWidth)}  ${first}`, ...rest.map((line) => `${indent}${line}`), ...told];
  });
  return `${lines.join('\n')}\n`;
}
