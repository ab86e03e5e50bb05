import type { AuthorityControl } from '#control-plane/authority/control.ts';
import type { AuthorityStatus } from '#control-plane/authority/status.ts';
import { Fault } from '#proto/domain/fault.ts';

const refuse = (): never => {
  throw new Fault('not-the-installation');
};

/** The authority of an installation that belongs to somebody else. */
export const closedAuthority: AuthorityControl = {
  status: async () => refuse(),
  rotate: async () => refuse(),
  exportRoot: async () => refuse(),
  removeRoot: async () => refuse(),
  requestIntermediate: async () => refuse(),
  importIntermediate: async () => refuse(),
  renewIntermediate: async () => refuse(),
  restored: async () => refuse(),
};

const status: AuthorityStatus = {
  trustDomain: 'test.dd0c',
  pin: 'sha256:00',
  phase: 'steady',
  since: null,
  trust: '00',
  roots: [],
  requests: [],
  next: { step: 'prepare', lacks: null, ready: 0, counted: 0, away: 0, waiting: [], waitingElsewhere: 0 },
  warnings: [],
  restoredAt: null,
};

/** One that answers everything and does nothing. */
export const idleAuthority: AuthorityControl = {
  status: async () => status,
  rotate: async () => status,
  exportRoot: async () => ({ host: 'h', file: '/f', passphrase: 'p' }),
  removeRoot: async () => status,
  requestIntermediate: async (_who, role) => ({ role, request: 'r' }),
  importIntermediate: async () => status,
  renewIntermediate: async () => status,
  restored: async () => status,
};
