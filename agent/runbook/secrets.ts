import { Fault } from '#proto/domain/fault.ts';
import type { StepPlan } from '#proto/domain/step-plan.ts';
import { cleanEnvironment } from '#sandbox/environment/clean.ts';
import { isMaskable } from '../scrub/registry.ts';

/** A secret that the owner lets steps have: where it lies on this host, and for which runbooks. */
export interface SecretSource {
  readonly from: { readonly kind: 'env'; readonly name: string } | { readonly kind: 'file'; readonly path: string };
  /** The variable under which a step finds it. */
  readonly as: string;
  /** Names of runbooks, or null for any. */
  readonly runbooks: readonly string[] | null;
}

/** Reads it anew each time, so that a rotated secret is used; null where it is not there. */
export type ReadSecret = (source: SecretSource['from']) => Promise<string | null>;

/**
 * The variables for the secrets that a plan names.
 * @throws Fault `secret-not-granted`, naming the secret and never its value
 */
export async function grantSecrets({ step, runbook }: StepPlan, sources: Readonly<Record<string, SecretSource>>, read: ReadSecret): Promise<Readonly<Record<string, string>>> {
  const granted: Record<string, string> = {};
  for (const name of step.secrets) {
    const deny = (reason: string): never => {
      throw new Fault('secret-not-granted', { secret: name, reason });
    };
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
    if (source === undefined) return deny('the owner lets no step have it');
    if (source.runbooks !== null && !source.runbooks.includes(runbook.name)) deny(`not for the runbook ${runbook.name}`);
    if (Object.hasOwn(step.env, source.as) || Object.hasOwn(granted, source.as)) deny(`the variable ${source.as} is taken`);
    if (cleanEnvironment({ [source.as]: 'x' }).dropped.length > 0) deny(`no step gets a variable called ${source.as}`);
    const value = (await read(source.from)) ?? deny('it is not there on this host');
    if (value.includes('\0')) deny('it holds a null character');
    if (!isMaskable(value)) deny('it is too short, or too long, to be masked in what the step writes');
    granted[source.as] = value;
  }
  return granted;
}
