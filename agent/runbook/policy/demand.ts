import { posix } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { isAtLeast, type Risk } from '#proto/domain/risk.ts';
import type { Step } from '#proto/domain/step-plan.ts';
import type { Programs } from '#risk/report.ts';
import { cleanEnvironment } from '#sandbox/environment/clean.ts';
import { builtins } from './builtins.ts';
import { isOpen } from './hours.ts';
import type { Policy } from './policy.ts';
import { isWithin } from './within.ts';

export interface Demand {
  readonly step: Step;
  readonly risk: Risk;
  readonly programs: Programs;
  readonly nowMs: number;
  /** Where a path really lies, or null where there is nothing. */
  readonly realPath: (path: string) => string | null;
}

/**
 * The owner's last word, rule by rule.
 * @throws Fault `step-policy-denied`, naming the rule and what offends it
 */
export function demandAllowed({ step, risk, programs, nowMs, realPath }: Demand, policy: Policy): void {
  const deny = (rule: string, what: string): never => {
    throw new Fault('step-policy-denied', { rule, what });
  };
  if (risk !== policy.maxRisk && isAtLeast(risk, policy.maxRisk)) deny('maxRisk', risk);
  if (!isOpen(policy.hours, nowMs)) deny('hours', new Date(nowMs).toISOString());
  const [dropped] = cleanEnvironment(step.env, step.sandbox.writable).dropped;
  if (dropped !== undefined) deny('env', dropped);
  demandPrograms();
  for (const path of step.sandbox.readable) demandPath('read', path, [...policy.readable, ...policy.writable]);
  for (const path of step.sandbox.writable) demandPath('write', path, policy.writable);
  for (const host of step.sandbox.network) if (!policy.hosts.some((allowed) => allowed.toLowerCase() === host.toLowerCase())) deny('hosts', host);
  const { tier } = step.sandbox;
  if (policy.tiers.length === 0 || (tier !== null && !policy.tiers.includes(tier))) deny('tiers', String(tier ?? 'none is allowed'));

  function demandPrograms(): void {
    if (policy.programs.includes('*')) return;
    if (!programs.areAll) deny('programs', 'which programs it would start cannot be told');
    for (const name of programs.names) if (!builtins.has(name) && !policy.programs.includes(name)) deny('programs', name);
  }

  function demandPath(rule: 'read' | 'write', path: string, allowed: readonly string[]): void {
    if (posix.normalize(path).replace(/(.)\/$/, '$1') !== path) deny(rule, path);
    const real = realPath(path) ?? deny(rule, `${path}: there is no such path`);
    for (const place of new Set([path, real])) {
      if (!allowed.some((folder) => isWithin(place, folder))) deny(rule, path);
      if (policy.own.some((own) => isWithin(place, own) || isWithin(own, place))) deny(rule, `${path}: the agent's own files lie there`);
    }
  }
}
