import { z } from 'zod';
import { Name } from '#proto/domain/step-plan.ts';
import { IgnoreRule } from '../ignore/ignore-rule.ts';
import { CloudFormationSettings } from '../scan/cloudformation/live/settings.ts';
import { KubernetesSettings } from '../scan/kubernetes/settings.ts';
import { CustomerRules } from '../scrub/customer-rules.ts';
import { ByteSize, Duration } from './quantity.ts';
import { GrantedSecret, PinnedKey, RunbookRules } from './runbook-config.ts';

const minute = 60_000;

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const Scan = z.strictObject({
  /** Files, folders and URLs; paths are relative to the file they are named in. */
  paths: z.array(z.string().min(1)).min(1).optional(),
  /** Between the beginnings of two scans. */
  interval: Duration.default(15 * minute),
  against: z.enum(['best', 'live', 'code']).default('best'),
  /** Whether states are fetched from the backends that code names. */
  backends: z.enum(['read', 'leave']).default('read'),
  /** For one stack whose comparison runs another program. */
  timeout: Duration.default(10 * minute),
  /** How many such programs run side by side; default: as many as there are cores and memory for, 4 at most. */
  parallel: z.int().min(1).max(32).optional(),
});

const Stack = z.strictObject({
  /** A file, folder or URL, relative to the file it is named in. */
  path: z.string().min(1),
});

const Normalising = z.strictObject({
  /** Names of normalising rules that are not asked. */
  off: z.array(z.string().min(1)).default([]),
});

const Spool = z.strictObject({
  maxBytes: ByteSize.optional(),
});

const Link = z.strictObject({
  /** `classical` leaves the post-quantum share out, for middleboxes that drop the large first message it makes. */
  keyExchange: z.enum(['hybrid', 'classical']).default('hybrid'),
});

const Log = z.strictObject({
  level: z.enum(logLevels).default('info'),
});

/** What dd0c.yaml may say. Every part may be left out; what is not known is an error. */
export const AgentConfig = z.strictObject({
  version: z.literal(1, 'expected 1, the only version there is'),
  /** HOST:PORT of the enrolment listener, for `enroll` without --server. */
  server: z.string().min(1).optional(),
  scan: Scan.prefault({}),
  /** Names under which stacks are reported, instead of the lineage or path. */
  stacks: z.record(z.string().min(1).max(200), Stack).default({}),
  kubernetes: KubernetesSettings.prefault({}),
  rules: Normalising.prefault({}),
  /** Stacks in AWS. */
  cloudformation: CloudFormationSettings.optional(),
  /** What somebody has decided to live with. */
  ignore: z.array(IgnoreRule).default([]),
  scrub: CustomerRules.prefault({}),
  /** Whose signatures make a step run here; read from this file alone, never from the control plane. */
  approvers: z.array(PinnedKey).max(100).default([]),
  runbooks: RunbookRules.prefault({}),
  /** Values that a step may ask for by name. */
  secrets: z.record(Name, GrantedSecret).default({}),
  spool: Spool.prefault({}),
  link: Link.prefault({}),
  log: Log.prefault({}),
});
export type AgentConfig = z.infer<typeof AgentConfig>;

/** What holds where there is no dd0c.yaml. */
export const defaultConfig: AgentConfig = AgentConfig.parse({ version: 1 });
