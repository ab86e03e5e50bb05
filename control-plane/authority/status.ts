import type { AuthorityDocument, Hierarchy, Intermediate } from '#ca/document.ts';
import { stepOn } from '#ca/rotation.ts';
import { fingerprintOf, fingerprintOfTrust } from '#ca/x509/fingerprint.ts';
import { X509Certificate } from 'node:crypto';
import { fromPem } from '#ca/x509/pem.ts';
import { pinOf } from '#ca/x509/pin.ts';
import { trusted } from '#ca/trust.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { gateOf } from './gates.ts';
import { type AgentStanding, judgeReadiness } from './readiness.ts';

/** How the authority stands, for people. Times are RFC 3339, hashes hexadecimal. */
export interface AuthorityStatus {
  readonly trustDomain: string;
  readonly pin: string;
  readonly phase: AuthorityDocument['rotation']['phase'];
  readonly since: string | null;
  readonly trust: string;
  readonly roots: readonly RootView[];
  readonly requests: readonly { readonly role: 'agents' | 'servers'; readonly root: string; readonly requestedAt: string }[];
  readonly next: NextStep;
  readonly warnings: readonly Warning[];
  readonly restoredAt: string | null;
}

export interface AuthorityView {
  readonly subject: string;
  readonly serial: string;
  readonly fingerprint: string;
  readonly notAfter: string;
}

export interface RootView extends AuthorityView {
  readonly which: 'current' | 'successor';
  readonly pin: string;
  readonly key: 'here' | 'elsewhere';
  readonly exportedAt: string | null;
  readonly agents: readonly (AuthorityView & { readonly replacedAt: string | null })[];
  readonly servers: readonly (AuthorityView & { readonly replacedAt: string | null })[];
}

/** What leads on from here, and who is not ready for it. */
export interface NextStep {
  readonly step: 'prepare' | 'trust' | 'issue' | 'retire';
  readonly lacks: 'trust' | 'certificate' | null;
  readonly ready: number;
  readonly counted: number;
  /** Cannot answer and are not counted: locked, or with a certificate that ran out. They have to enrol again afterwards. */
  readonly away: number;
  /** Those of the tenant that asks; at most 100. */
  readonly waiting: readonly { readonly id: string; readonly name: string; readonly lastSeen: string | null }[];
  readonly waitingElsewhere: number;
}

/** Something that will go wrong if nobody acts. */
export interface Warning {
  readonly code: 'root-ends' | 'intermediate-ends';
  readonly subject: string;
  readonly notAfter: string;
}

const dayMs = 24 * 3_600_000;
/** A rotation of the root takes days; agents that are away have to come by. */
const rootWarningMs = 365 * dayMs;
/** An intermediate is one ceremony. */
const intermediateWarningMs = 90 * dayMs;
const mostNamed = 100;

export function statusOf(document: AuthorityDocument, standings: readonly AgentStanding[], asker: TenantId, nowMs: number): AuthorityStatus {
  const { rotation, current, successor, trustDomain, requests, restoredAt } = document;
  const step = stepOn[rotation.phase];
  const gate = gateOf(step, document);
  const { ready, waiting, away } = judgeReadiness(standings, (standing) => gate?.isReady(standing) ?? true, nowMs);
  const own = waiting.filter(({ tenant }) => tenant === asker);
  return {
    trustDomain,
    pin: pinOf((rotation.phase === 'issuing' ? successor : null)?.root ?? current.root),
    phase: rotation.phase,
    since: rotation.phase === 'steady' ? null : rotation.since,
    trust: fingerprintOfTrust(trusted(document).flatMap(({ root }) => fromPem(root))),
    roots: [viewOfRoot(current, 'current', document), ...(successor === null ? [] : [viewOfRoot(successor, 'successor', document)])],
    requests: requests.map(({ role, rootKey, requestedAt }) => ({ role, root: rootKey, requestedAt })),
    next: {
      step,
      lacks: gate?.lacks ?? null,
      ready: ready.length,
      counted: ready.length + waiting.length,
      away: away.length,
      waiting: own.slice(0, mostNamed).map(({ id, name, lastSeenAt }) => ({ id, name, lastSeen: lastSeenAt?.toISOString() ?? null })),
      waitingElsewhere: waiting.length - own.length,
    },
    warnings: warningsOf(document, nowMs),
    restoredAt,
  };
}

/** What runs out before long, of all that issues or is trusted. */
export function warningsOf(document: AuthorityDocument, nowMs: number): readonly Warning[] {
  const ends = (pem: string, code: Warning['code'], withinMs: number): Warning[] => {
    const { subject, notAfter } = viewOf(pem);
    return Date.parse(notAfter) < nowMs + withinMs ? [{ code, subject, notAfter }] : [];
  };
  const newest = (list: readonly Intermediate[]): Warning[] => list.slice(-1).flatMap(({ certificate }) => ends(certificate, 'intermediate-ends', intermediateWarningMs));
  return [document.current, ...(document.successor === null ? [] : [document.successor])].flatMap(({ root, agents, servers }) => [
    ...ends(root, 'root-ends', rootWarningMs),
    ...newest(agents),
    ...newest(servers),
  ]);
}

function viewOfRoot(hierarchy: Hierarchy, which: RootView['which'], { keys, exported }: AuthorityDocument): RootView {
  const { root, rootKey, agents, servers } = hierarchy;
  const below = (list: readonly Intermediate[]) => list.map(({ certificate, replacedAt }) => ({ ...viewOf(certificate), replacedAt }));
  return {
    which,
    ...viewOf(root),
    pin: pinOf(root),
    key: Object.hasOwn(keys, rootKey) ? 'here' : 'elsewhere',
    exportedAt: exported[rootKey] ?? null,
    agents: below(agents),
    servers: below(servers),
  };
}

function viewOf(pem: string): AuthorityView {
  const { subject, serialNumber, validToDate } = new X509Certificate(pem);
  return { subject: subject.replaceAll('\n', ', '), serial: serialNumber.toLowerCase(), fingerprint: fingerprintOf(pem), notAfter: validToDate.toISOString() };
}
