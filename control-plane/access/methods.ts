import { Fault } from '#proto/domain/fault.ts';

/** What a token may do: a viewer looks, an operator also acts on the fleet, an administrator also gives out tokens. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** The least role for each operation. What is not listed is denied. */
const leastRole = {
  'stacks.list': 'viewer',
  'stacks.get': 'viewer',
  'stacks.reports': 'viewer',
  'stacks.report.latest': 'viewer',
  'stacks.scan': 'operator',
  'findings.list': 'viewer',
  'findings.get': 'viewer',
  'findings.runbooks.list': 'viewer',
  'runbooks.list': 'viewer',
  'runbooks.get': 'viewer',
  'runbooks.import': 'operator',
  'runbooks.trust': 'operator',
  'executions.list': 'viewer',
  'executions.get': 'viewer',
  'executions.events.list': 'viewer',
  'executions.start': 'operator',
  'executions.cancel': 'operator',
  'approvals.list': 'viewer',
  'approvals.decide': 'operator',
  'keys.list': 'viewer',
  'keys.add': 'operator',
  'keys.remove': 'operator',
  'agents.list': 'viewer',
  'agents.get': 'viewer',
  'agents.scan': 'operator',
  'agents.lock': 'operator',
  'agents.unlock': 'operator',
  'agents.drain': 'operator',
  'agents.remove': 'operator',
  'certificates.list': 'viewer',
  'certificates.get': 'viewer',
  'certificates.revoke': 'operator',
  'recoveries.list': 'viewer',
  'recoveries.decide': 'operator',
  'recoverypolicy.get': 'viewer',
  'recoverypolicy.set': 'admin',
  'audit.list': 'viewer',
  'audit.get': 'viewer',
  'tokens.create': 'admin',
  'tokens.list': 'admin',
  'tokens.revoke': 'admin',
  'joins.add': 'admin',
  'joins.list': 'admin',
  'joins.remove': 'admin',
  'apitokens.create': 'admin',
  'apitokens.list': 'admin',
  'apitokens.revoke': 'admin',
  'ca.status': 'admin',
  'ca.rotate': 'admin',
  'ca.root.export': 'admin',
  'ca.root.remove': 'admin',
  'ca.intermediates.request': 'admin',
  'ca.intermediates.import': 'admin',
  'ca.intermediates.renew': 'admin',
  'ca.restored': 'admin',
} as const satisfies Record<string, Role>;

export type Operation = keyof typeof leastRole;
export const operations = Object.keys(leastRole) as readonly Operation[];

/**
 * Lets a role do what the table grants it.
 * @throws Fault `denied`, also for an operation that the table does not know.
 */
export function authorise({ role }: { readonly role: string }, operation: string): void {
  const least = new Map<string, Role>(Object.entries(leastRole)).get(operation);
  const rank = roles.findIndex((known) => known === role);
  if (least === undefined || rank < 0 || rank < roles.indexOf(least)) throw new Fault('denied', { operation, role, needs: least });
}
