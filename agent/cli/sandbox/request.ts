import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { SandboxSpec } from '#sandbox/spec.ts';
import type { Environment } from '../../config/environment.ts';

/** As commander hands them on. */
export interface SandboxFlags {
  readonly spec?: string;
  readonly workdir?: string;
  readonly timeout?: string;
  readonly memory?: string;
  readonly pids?: string;
  readonly disk?: string;
  readonly outputLimit?: string;
  readonly net?: string;
  readonly env?: readonly string[];
  readonly tier?: '1' | '2';
  readonly report?: 'json';
  readonly raw?: true;
  readonly warm?: true;
}

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** What a spec file may say; the same words as the options, and the paths that may be read and written. */
const SpecFile = z.strictObject({
  command: z.array(z.string()).min(1).optional(),
  script: z.string().optional(),
  workdir: z.string().nullable().optional(),
  readable: z.array(z.string()).default([]),
  writable: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).default({}),
  net: z.array(z.string()).default([]),
  timeout: z.coerce.number().positive().max(86_400).default(300),
  memory: whole(16, 1 << 20).default(1024),
  pids: whole(1, 1 << 20).default(256),
  disk: whole(1, 1 << 24).default(1024),
  outputLimit: whole(0, 2 ** 31).default(10 << 20),
  tier: z.union([z.literal(1), z.literal(2)]).nullable().default(null),
});

/**
 * What is to be run, from file and options.
 * @throws Fault `sandbox-spec-invalid`
 */
export function specFrom(command: readonly string[], flags: SandboxFlags, { env, cwd }: { readonly env: Environment; readonly cwd: string }): SandboxSpec {
  const file = flags.spec === undefined ? {} : readSpec(resolve(cwd, flags.spec));
  const told = { workdir: flags.workdir, timeout: flags.timeout, memory: flags.memory, pids: flags.pids, disk: flags.disk, outputLimit: flags.outputLimit };
  const options = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  const parsed = SpecFile.safeParse({
    ...file,
    ...options,
    ...(flags.net === undefined ? {} : { net: flags.net === 'none' || flags.net === '' ? [] : flags.net.split(',') }),
    ...(flags.tier === undefined ? {} : { tier: Number(flags.tier) }),
  });
  if (!parsed.success) throw new Fault('sandbox-spec-invalid', fieldOf(parsed.error));
  const { data } = parsed;
  const at = (path: string): string => (isAbsolute(path) ? path : resolve(cwd, path));
  return {
    command: commandOf(command, data),
    workdir: data.workdir === undefined || data.workdir === null ? null : at(data.workdir),
    readable: data.readable.map(at),
    writable: data.writable.map(at),
    env: { ...data.env, ...Object.fromEntries((flags.env ?? []).map((pair) => variable(pair, env))) },
    network: data.net,
    limits: { timeoutMs: Math.round(data.timeout * 1000), memoryBytes: data.memory * 2 ** 20, pids: data.pids, diskBytes: data.disk * 2 ** 20, outputBytes: data.outputLimit },
    tier: data.tier,
  };
}

function readSpec(path: string): object {
  try {
    const content: unknown = parse(readFileSync(path, 'utf8'));
    if (typeof content === 'object' && content !== null) return content;
  } catch (cause) {
    throw new Fault('sandbox-spec-invalid', { file: path, reason: 'it could not be read as YAML' }, { cause });
  }
  throw new Fault('sandbox-spec-invalid', { file: path, reason: 'it is not a mapping' });
}

function commandOf(given: readonly string[], { command = [], script }: z.infer<typeof SpecFile>): SandboxSpec['command'] {
  const [program, ...args] = given.length > 0 ? given : command;
  if (program !== undefined && program !== '') return [program, ...args];
  if (script !== undefined) return ['bash', '-c', script];
  throw new Fault('sandbox-spec-invalid', { field: 'command', reason: 'name a program after --' });
}

/** The value is not told in a fault: it may be a secret. */
function variable(pair: string, env: Environment): readonly [string, string] {
  const at = pair.indexOf('=');
  if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
  const value = at < 0 ? env[pair] : undefined;
  if (value === undefined) throw new Fault('sandbox-spec-invalid', { field: '--env', reason: at < 0 ? `${pair} is not set here` : 'a name is missing' });
  return [pair, value];
}

function fieldOf(error: z.ZodError): { readonly field: string; readonly reason: string } {
  const [issue] = error.issues;
  return { field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' };
}
