import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { nearest } from '../../config/nearest.ts';
import type { Environment } from '../../config/environment.ts';
import type { FoundConfig } from '../../config/read-config.ts';
import { createHasher } from '../../diff/recollection.ts';
import { createIgnore, type Ignore } from '../../ignore/ignore.ts';
import { createChain } from '../../normalise/chain.ts';
import { rules } from '../../normalise/rules.ts';
import type { Stages } from '../../pipeline.ts';
import type { ScanAll } from '../../scan-all.ts';
import { createScanners, type ScannerParts } from '../../scan/registry.ts';
import { type Against, type Scanner, schemeOf } from '../../scan/scanner.ts';
import { createScrubbers } from '../../scrub/scrubber.ts';
import { createJudge } from '../../severity/judge.ts';
import { severityRules } from '../../severity/rules.ts';
import { byName } from '../../severity/rules/by-name.ts';
import type { Keeping } from './keeping.ts';
import { nameStacks } from './name-stacks.ts';
import { programsAtOnce } from './programs-at-once.ts';
import { readingInput, standardInput } from './standard-input.ts';

export interface ScanWish {
  readonly paths: readonly string[];
  readonly against?: string | undefined;
  /** Of the kubeconfig. */
  readonly context?: string | undefined;
  /** In seconds. */
  readonly timeout?: number | undefined;
  /** How many programs run side by side. */
  readonly parallel?: number | undefined;
  /** What the path `-` stands for. */
  readonly inputFile?: string | undefined;
  readonly found: FoundConfig;
  readonly keeping: Keeping;
  readonly env: Environment;
  readonly cwd: string;
  readonly progress?: Stages['progress'];
  readonly listener?: Stages['listener'];
  /** Told of what does not spoil a report. */
  readonly trouble: NonNullable<Stages['trouble']>;
}

/** What to scan and how: the command line over dd0c.yaml over the defaults. */
export interface ScanPlan {
  readonly paths: readonly string[];
  readonly scan: ScanAll;
  readonly ignore: Ignore;
}

/** @throws Fault `usage`, `config-invalid` */
export function planScan(wish: ScanWish): ScanPlan {
  const { found, paths, env, cwd } = wish;
  const { config } = found;
  const ignore = createIgnore(config.ignore, () => new Date());
  const timeoutMs = wish.timeout === undefined ? config.scan.timeout : wish.timeout * 1_000;
  return {
    paths: paths.length > 0 ? paths.map((path) => (path === standardInput ? path : placeIn(cwd, path))) : configuredPaths(found),
    scan: {
      scanners: nameStacks(scannersOf(wish), stackNames(found)),
      options: { against: readAgainst(wish.against ?? config.scan.against, cwd), timeoutMs, backends: config.scan.backends, env },
      stages: { ...createStages(wish), ignore },
      atOnce: wish.parallel ?? config.scan.parallel ?? programsAtOnce(availableParallelism(), process.availableMemory()),
    },
    ignore,
  };
}

function scannersOf(wish: ScanWish): readonly Scanner[] {
  const scanners = createScanners(scannerParts(wish));
  return wish.inputFile === undefined ? scanners : readingInput(scanners, wish.inputFile);
}

function createStages({ found, keeping, progress, listener, trouble }: ScanWish): Stages {
  const { off } = found.config.rules;
  refuseUnknownRules(off, found.file);
  return {
    normaliser: createChain(rules, new Set(off)),
    judge: createJudge(severityRules, byName),
    scrubber: createScrubbers({ key: keeping.scrubKey, tenant: keeping.tenant, rules: found.config.scrub }),
    hasher: createHasher(keeping.scrubKey),
    memory: keeping.memory,
    now: () => new Date(),
    trouble,
    ...(progress === undefined ? {} : { progress }),
    ...(listener === undefined ? {} : { listener }),
  };
}

/** A rule switched off under a misspelt name would stay on without a word. */
function refuseUnknownRules(off: readonly string[], file: string | null): void {
  const known = rules.map(({ name }) => name);
  const unknown = off.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  throw new Fault('config-invalid', { file, field: 'rules.off', reason: `there is no rule ${unknown}${meant === undefined ? '' : `; did you mean ${meant}?`}` });
}

/** What dd0c.yaml names: its paths, and its accounts of AWS; without either, the folder it lies in. */
function configuredPaths({ config: { scan, cloudformation }, folder }: FoundConfig): readonly string[] {
  const paths = scan.paths ?? (cloudformation === undefined ? ['.'] : []);
  const stacks = cloudformation === undefined ? [] : ['cloudformation://'];
  return [...paths.map((path) => placeIn(folder, path)), ...stacks.filter((all) => !paths.some((path) => path.startsWith(all)))];
}

function placeIn(folder: string, path: string): string {
  return schemeOf(path) === null ? resolve(folder, path) : path;
}

function scannerParts({ found: { config, folder }, context, env }: ScanWish): ScannerParts {
  const { cloudformation } = config;
  const kubernetes = { ...config.kubernetes, context: context ?? (env['KUBE_CONTEXT'] || config.kubernetes.context) };
  if (cloudformation === undefined) return { kubernetes, env, cloudFormation: { env } };
  const accounts = cloudformation.accounts.map((account) => ({ ...account, templates: Object.fromEntries(Object.entries(account.templates).map(([stack, file]) => [stack, resolve(folder, file)])) }));
  return { kubernetes, env, cloudFormation: { env, settings: { ...cloudformation, accounts } } };
}

function stackNames({ config, folder }: FoundConfig): ReadonlyMap<string, string> {
  return new Map(Object.entries(config.stacks).map(([name, { path }]) => [placeIn(folder, path), name]));
}

function readAgainst(given: string, cwd: string): Against {
  if (given === 'best' || given === 'live' || given === 'code') return { side: given };
  const path = resolve(cwd, given);
  if (!existsSync(path)) throw new Fault('usage', { option: '--against', given, expected: 'live, code or the path of a file' });
  return { side: 'file', path };
}
