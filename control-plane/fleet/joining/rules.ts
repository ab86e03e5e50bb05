import { z } from 'zod';

/** A role's name, or the beginning of names with one `*` at the end; a star alone would let every function and person of an account in. */
const rolePattern = z.string().regex(/^[\w+=,.@-]{1,64}\*?$/, 'the name of a role, without its path; * at the end alone, behind a beginning');

const AwsRule = z.strictObject({
  kind: z.literal('aws'),
  accounts: z.array(z.string().regex(/^\d{12}$/, '12 digits')).min(1).max(64).describe('Accounts whose roles may join'),
  roles: z.array(rolePattern).min(1).max(64).describe('Names of roles that may join, in any of the accounts; a * at the end stands for any rest'),
});
export type AwsRule = z.infer<typeof AwsRule>;

/** A public key of a cluster. What holds a private or a symmetric key is refused, so that none comes here. */
const PublicJwk = z.object({
  kty: z.enum(['RSA', 'EC']),
  kid: z.string().max(256).optional(),
  alg: z.string().max(16).optional(),
  use: z.string().max(16).optional(),
  n: z.string().max(2_048).optional(),
  e: z.string().max(16).optional(),
  crv: z.string().max(16).optional(),
  x: z.string().max(128).optional(),
  y: z.string().max(128).optional(),
  d: z.never('a public key; this one is private').optional(),
  k: z.never('a public key; this one is symmetric').optional(),
});

/** The keys with which a cluster signs tokens (RFC 7517). */
export const KeySet = z.object({ keys: z.array(PublicJwk).min(1).max(32) });
export type KeySet = z.infer<typeof KeySet>;

const httpsUrl = z
  .url({ protocol: /^https$/, error: 'a URL that begins with https://' })
  .max(1_024)
  .refine((text) => URL.canParse(text) && new URL(text).username === '' && new URL(text).hash === '', 'no user name and no fragment');

/** Exactly one service account; names as Kubernetes has them. */
const serviceAccount = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'NAMESPACE/NAME');

const KubernetesRule = z.strictObject({
  kind: z.literal('kubernetes'),
  issuer: z.string().min(1).max(512).regex(/^\P{C}*$/u, 'no control characters').describe('`iss` of the tokens, to the letter'),
  audience: z.string().min(1).max(256).regex(/^\P{C}*$/u, 'no control characters').describe('`aud` of the tokens, to the letter, and no other beside it'),
  keys: z.union([KeySet, z.strictObject({ url: httpsUrl, ca: z.string().max(16_384).optional().describe('PEM; the public authorities where there is none') })]).describe('A JSON Web Key Set, or where it is'),
  serviceAccounts: z.array(serviceAccount).min(1).max(256).describe('NAMESPACE/NAME of each that may join'),
});
export type KubernetesRule = z.infer<typeof KubernetesRule>;

/** Whom a policy lets in; all of it is by name, and nothing is let in by default. */
export const Rule = z.discriminatedUnion('kind', [AwsRule, KubernetesRule]);
export type Rule = z.infer<typeof Rule>;

/** The same as an administrator gives it: a policy without an audience gets one of its own. */
export const NewRule = z.discriminatedUnion('kind', [AwsRule, KubernetesRule.partial({ audience: true })]);
export type NewRule = z.infer<typeof NewRule>;
