import { z } from 'zod';
import { readApproverKey } from '#proto/domain/approver-key.ts';
import { EnvName, HostPort, Name } from '#proto/domain/step-plan.ts';
import { isZone, type Opening, parseOpening } from '../runbook/policy/hours.ts';
import { ByteSize, Duration } from './quantity.ts';

const minute = 60_000;
const mebibyte = 1_024 ** 2;

const Key = z.string().refine(isKey, 'expected a public key: ed25519:…, a line of an ssh-ed25519 .pub file, or PEM');

/** Somebody whose signature makes a step run here. */
export const PinnedKey = z
  .strictObject({
    name: z.string().min(1).max(100),
    key: Key.optional(),
    /** Relative to the file it is named in. */
    keyFile: z.string().min(1).optional(),
    /** Their id in the control plane, so that nobody approves what they asked for themselves. */
    person: z.string().min(1).max(128).optional(),
  })
  .refine(({ key, keyFile }) => (key === undefined) !== (keyFile === undefined), 'expected either key or keyFile');
export type PinnedKey = z.infer<typeof PinnedKey>;

const Openings = z.string().transform((text, context): Opening => {
  const opening = parseOpening(text);
  if (opening !== null) return opening;
  context.addIssue({ code: 'custom', message: 'expected hours such as "mon-fri 09:00-17:00", "sat,sun 10:00-12:00" or "daily 22:00-04:00"' });
  return z.NEVER;
});

const Hours = z.strictObject({
  zone: z.string().refine(isZone, 'expected a time zone such as Europe/Vienna').default('UTC'),
  open: z.array(Openings).max(50).default([]),
});

const Limits = z.strictObject({
  time: Duration.default(15 * minute),
  memory: ByteSize.default(1_024 * mebibyte),
  processes: z.int().min(1).max(100_000).default(256),
  disk: ByteSize.default(1_024 * mebibyte),
  output: ByteSize.default(128 * mebibyte),
});

const Path = z.string().regex(/^\/([^/\0]+(\/[^/\0]+)*)?$/, 'expected an absolute path without a closing slash').refine((path) => !/\/\.\.?(\/|$)/.test(path), 'expected a path without . and ..');
const Program = z.string().regex(/^(\*|[^/\s]+|\/\S+)$/, 'expected a name, an absolute path, or *');

/** What steps may do on this host, whatever the control plane says. */
export const RunbookRules = z.strictObject({
  enabled: z.boolean().default(false),
  maxRisk: z.enum(['read_only', 'caution', 'dangerous']).default('read_only'),
  /** Up to which risk a step needs no approval. */
  unsigned: z.enum(['none', 'read_only', 'caution']).default('read_only'),
  /** How many people must have approved any other. */
  approvals: z.int().min(1).max(8).default(1),
  programs: z.array(Program).max(500).default([]),
  read: z.array(Path).max(200).default([]),
  write: z.array(Path).max(200).default([]),
  hosts: z.array(HostPort).max(200).default([]),
  hours: Hours.prefault({}),
  tiers: z.array(z.union([z.literal(1), z.literal(2)])).max(2).default([1, 2]),
  /** Steps at once. */
  parallel: z.int().min(1).max(64).default(4),
  limits: Limits.prefault({}),
  /** How long running steps may go on when the agent is asked to end. */
  drain: Duration.default(minute / 2),
});
export type RunbookRules = z.infer<typeof RunbookRules>;

/** A secret that steps may have, by where it lies on this host. */
export const GrantedSecret = z
  .strictObject({
    env: EnvName.optional(),
    /** Relative to the file it is named in. */
    file: z.string().min(1).optional(),
    /** The variable under which a step finds it; by default its name in capitals. */
    as: EnvName.optional(),
    runbooks: z.array(Name).min(1).max(200).optional(),
  })
  .refine(({ env, file }) => (env === undefined) !== (file === undefined), 'expected either env or file');
export type GrantedSecret = z.infer<typeof GrantedSecret>;

function isKey(text: string): boolean {
  try {
    return readApproverKey(text).keyId !== '';
  } catch {
    return false;
  }
}
