import { z } from 'zod';
import { severities } from '#proto/domain/finding.ts';
import { EnvName, Expectation, HostPort, Name } from '#proto/domain/step-plan.ts';
import { maxScriptLength } from '#proto/domain/step-run.ts';
import { Parameter } from './parameter.ts';
import { Duration, Size } from './quantity.ts';

const line = (maxLength: number) => z.string().min(1).max(maxLength).regex(/^[^\p{Cc}\p{Cf}]*$/u, 'no control characters');
const path = z.string().max(4_096).regex(/^\/[^\p{Cc}]*$/u, 'an absolute path');
const glob = line(512);

/** One command: a line that is split into words, or the words. */
const Run = z.union([line(8_192), z.array(z.string().max(8_192)).min(1).max(256)], 'a command line, or a list of words');
const script = z.string().min(1).max(maxScriptLength);
/** A probe or a rollback: a command line, or `{ script }`. */
const Aside = z.union([Run, z.strictObject({ script, shell: z.enum(['bash', 'sh']).default('bash') })], 'a command line, a list of words, or { script }');

const minutes = 60_000;
const mebi = 1024 ** 2;

const Step = z
  .strictObject({
    id: Name,
    title: line(200).optional(),
    run: Run.optional(),
    script: script.optional(),
    shell: z.enum(['bash', 'sh']).optional(),
    env: z.record(EnvName, z.string().max(4_096)).default({}),
    secrets: z.array(Name).max(32).default([]),
    timeout: Duration.default(5 * minutes),
    memory: Size.default(512 * mebi),
    processes: z.int().min(1).max(4_096).default(128),
    disk: Size.default(256 * mebi),
    output: Size.default(4 * mebi),
    sandbox: z
      .strictObject({ read: z.array(path).max(64).default([]), write: z.array(path).max(64).default([]), network: z.array(HostPort).max(64).default([]), tier: z.union([z.literal(1), z.literal(2)]).nullable().default(null) })
      .default({ read: [], write: [], network: [], tier: null }),
    idempotent: z.boolean().default(false),
    retries: z.int().min(0).max(10).default(0),
    probe: Aside.optional(),
    rollback: Aside.optional(),
    expect: z.strictObject({ exit: Expectation.shape.exit.default([0]), output: Expectation.shape.output.default(null) }).default({ exit: [0], output: null }),
  })
  .refine(({ run, script }) => (run === undefined) !== (script === undefined), 'a step has either run or script')
  .refine(({ shell, script }) => shell === undefined || script !== undefined, 'shell belongs to script')
  .refine(({ retries, idempotent }) => retries === 0 || idempotent, 'retries need idempotent: true; whether it may run twice is for you to say');

/** Which findings a runbook is for; what is not said matches all. */
const Selector = z.strictObject({
  type: z.union([glob, z.array(glob).min(1).max(50)]).transform((type) => [type].flat()).optional(),
  severity: z.enum(severities).optional(),
  address: glob.optional(),
});

/** A runbook as it is written. */
export const Document = z.strictObject({
  name: Name,
  title: line(200),
  description: z.string().max(4_000).default(''),
  for: Selector.optional(),
  parameters: z.array(Parameter).max(50).default([]),
  steps: z.array(Step).min(1).max(50),
});
export type Document = z.infer<typeof Document>;
export type DocumentStep = Document['steps'][number];
export type Selector = z.infer<typeof Selector>;
