import { asFault, Fault } from '#proto/domain/fault.ts';
import { createBudget, type Patience } from '../../source/aws/ask.ts';
import type { Target } from '../../scanner.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { chooses, isPlain, matches } from './glob.ts';
import { parsePlace, type Place, placePath } from './place.ts';
import type { Account, CloudFormationSettings } from './settings.ts';

export interface AwsStack {
  readonly cloud: Cloud;
  readonly stack: string;
  readonly account: Account;
}

/** The stacks of a place, and why where they could not be listed. */
export interface FoundStacks {
  readonly targets: readonly Target[];
  readonly stacks: ReadonlyMap<string, AwsStack | Fault>;
}

export interface FindParts {
  readonly settings: CloudFormationSettings;
  readonly patience: Patience;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The stacks that a path names, in the accounts and regions of dd0c.yaml. An account or region whose stacks cannot be
 * listed hides no other: it is found as a target that says why when it is opened.
 * @throws Fault `stack-place-unknown`
 */
export async function findStacks(path: string, parts: FindParts, signal: AbortSignal): Promise<FoundStacks> {
  const place = parsePlace(path);
  const accounts = parts.settings.accounts.filter(({ name }) => place.account === null || matches(place.account, name));
  if (accounts.length === 0) throw new Fault('stack-place-unknown', { source: path, accounts: parts.settings.accounts.map(({ name }) => name).join(', ') });
  const targets: Target[] = [];
  const stacks = new Map<string, AwsStack | Fault>();
  for (const account of accounts) {
    for (const region of regionsOf(account, place)) await look(account, region);
  }
  return { targets, stacks };

  async function look(account: Account, region: string | undefined): Promise<void> {
    try {
      const source = `${account.name}${region === undefined ? '' : `/${region}`}`;
      const cloud = await openCloud({ access: accessTo(account, region, parts.env), budget: createBudget(parts.settings.requests), patience: parts.patience }, source, signal);
      for (const stack of await namesIn(cloud, account, place, signal)) add(account, cloud.region, stack, { cloud, stack, account });
    } catch (error) {
      signal.throwIfAborted();
      add(account, region ?? 'region', place.stack ?? '*', asFault(error));
    }
  }

  function add(account: Account, region: string, stack: string, found: AwsStack | Fault): void {
    const path = placePath({ account: account.name, region, stack });
    targets.push({ kind: 'cloudformation', form: 'cloudformation-stack', path, label: path });
    stacks.set(path, found);
  }
}

function regionsOf({ regions }: Account, { region }: Place): readonly (string | undefined)[] {
  if (region !== null && isPlain(region)) return [region];
  if (regions.length === 0) return [undefined];
  return region === null ? regions : regions.filter((each) => matches(region, each));
}

/** Names without a pattern are not looked up, so that listing need not be allowed. */
async function namesIn(cloud: Cloud, { stacks }: Account, { stack }: Place, signal: AbortSignal): Promise<readonly string[]> {
  if (stack !== null && isPlain(stack)) return [stack];
  if (stack === null && stacks.every(isPlain)) return stacks;
  return (await cloud.list(signal)).filter((name) => (stack === null ? chooses(stacks, name) : matches(stack, name)));
}

function accessTo({ profile, role, externalId }: Account, region: string | undefined, env: FindParts['env']) {
  const arns = role === undefined ? [] : [role].flat();
  const roles = arns.map((arn, index) => ({ arn, ...(index === arns.length - 1 && externalId !== undefined && { externalId }) }));
  return { region, profile, roles, env };
}
