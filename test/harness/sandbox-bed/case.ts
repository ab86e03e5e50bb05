import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** One script of a corpus of escapes; its README says what the fields mean. */
export const EscapeCase = z.looseObject({
  id: z.string(),
  category: z.string(),
  severity: z.string(),
  title: z.string(),
  script: z.string(),
  script2: z.string().optional(),
  pre: z.string().optional(),
  expect: z.string(),
  check: z.array(z.string()),
  wall_s: z.number().default(5),
  limits: z.object({ memory_mb: z.number(), pids: z.number(), disk_mb: z.number(), output_kb: z.number() }).partial().default({}),
  tty: z.boolean().default(false),
  net_mode: z.string().optional(),
  allow_domains: z.array(z.string()).optional(),
  step_env: z.record(z.string(), z.string()).default({}),
  step_env_granted: z.array(z.string()).default([]),
  arch: z.string().optional(),
  needs: z.array(z.string()).default([]),
});
export type EscapeCase = z.infer<typeof EscapeCase>;

/** How a case is run: in which tier, and by whom. */
export interface Way {
  readonly tier: 1 | 2;
  readonly as: 'user' | 'root';
  /** Through a launcher that was started before, or through one of its own. */
  readonly launcher?: 'warm' | 'cold';
}

/** What came of one case. */
export interface Verdict {
  readonly id: string;
  readonly category: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** Which checks failed and how, or why it was skipped. */
  readonly reasons: readonly string[];
  readonly seconds: number;
  /** What the step and the agent said, for whoever looks into a failure. */
  readonly said?: string;
}

/** Every case of a file of lines, or null where there is none. */
export function readCases(file: string): readonly EscapeCase[] | null {
  if (!existsSync(file)) return null;
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => EscapeCase.parse(JSON.parse(line)));
}
