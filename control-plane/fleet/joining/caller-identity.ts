/** What GetCallerIdentity said. */
export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
}

/** A role that somebody has assumed, as an instance or a pod does. */
export interface AssumedRole {
  readonly partition: string;
  readonly account: string;
  /** Without its path, which the ARN of a session does not tell. */
  readonly role: string;
  readonly session: string;
}

/**
 * The answer, to the letter as STS writes it. No XML is parsed: a parser that skips, decodes or forgives is what lets an
 * answer be read in two ways, and what holds an entity, a comment, a second element or anything before and behind is none.
 */
const answer = new RegExp(
  String.raw`^(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?\?>)?\s*<GetCallerIdentityResponse xmlns="https://sts\.amazonaws\.com/doc/2011-06-15/">\s*` +
    String.raw`<GetCallerIdentityResult>\s*((?:<(?:Arn|UserId|Account)>[^<>&]{1,1024}</(?:Arn|UserId|Account)>\s*){3})</GetCallerIdentityResult>\s*` +
    String.raw`<ResponseMetadata>\s*<RequestId>[A-Za-z0-9-]{1,64}</RequestId>\s*</ResponseMetadata>\s*</GetCallerIdentityResponse>\s*$`,
);
const field = /<(Arn|UserId|Account)>([^<>&]*)<\/(Arn|UserId|Account)>/g;

/** Reads an answer, or null where it is none. */
export function readCallerIdentity(body: string): CallerIdentity | null {
  const [, inner] = answer.exec(body) ?? [];
  if (inner === undefined) return null;
  const found = [...inner.matchAll(field)];
  if (found.some(([, opened, , closed]) => opened !== closed)) return null;
  const fields = new Map(found.map(([, name = '', value = '']) => [name, value]));
  const [arn, account] = [fields.get('Arn'), fields.get('Account')];
  return fields.size === 3 && arn !== undefined && account !== undefined ? { arn, account } : null;
}

/** The role of a session, or null for users, the root of an account, and federated users. */
export function assumedRole({ arn, account }: CallerIdentity): AssumedRole | null {
  const [, partition, owner, role, session] = /^arn:(aws|aws-cn|aws-us-gov):sts::(\d{12}):assumed-role\/([\w+=,.@-]{1,64})\/([\w+=,.@-]{2,64})$/.exec(arn) ?? [];
  if (partition === undefined || owner === undefined || role === undefined || session === undefined) return null;
  return owner === account ? { partition, account, role, session } : null;
}

/** Whether a role is named: exactly, or by the beginning before a `*`. */
export function isNamed(role: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? role.startsWith(pattern.slice(0, -1)) : role === pattern));
}
