import { Fault } from '#proto/domain/fault.ts';

/** Where stacks lie; what is not said means all of them, and for a region the account's own. */
export interface Place {
  readonly account: string | null;
  readonly region: string | null;
  readonly stack: string | null;
}

/** How a place is written, in paths and in dd0c.yaml. */
export const scheme = 'cloudformation://';

/**
 * `cloudformation://ACCOUNT/REGION/STACK`, of which everything may be left off from the right.
 * @throws Fault `stack-place-unknown`
 */
export function parsePlace(path: string): Place {
  const [account = '', region = '', stack = '', ...more] = path.slice(scheme.length).replace(/\/$/, '').split('/');
  if (!path.startsWith(scheme) || more.length > 0 || ![account, region, stack].every((part) => /^[\w.*?-]*$/.test(part))) throw new Fault('stack-place-unknown', { source: path });
  return { account: orNull(account), region: orNull(region), stack: orNull(stack) };
}

/** The place of one stack. */
export function placePath({ account, region, stack }: { readonly account: string; readonly region: string; readonly stack: string }): string {
  return `${scheme}${account}/${region}/${stack}`;
}

function orNull(part: string): string | null {
  return part === '' || part === '*' ? null : part;
}
