import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm run demo` was asked to show. */
export interface DemoArguments {
  /** Absolute; none for the examples, with which there is more to show. */
  readonly paths: readonly string[];
  readonly afterwards: 'stop' | 'keep';
  /** Where each run has its folder, absolute. */
  readonly runs: string;
}

const help = `npm run demo [-- [PATH…] [--keep] | -- --stop]

Starts a control plane on an embedded database, enrols an agent, scans the examples (or your own Terraform folders,
states and plans), and shows what the control plane then knows. In the examples it also puts one finding right, by a runbook
step that you sign. Everything stays on this machine, under .dd0c/demo and a folder for temporary files.

  --keep   leave control plane and agent running, to look around
  --stop   end what --keep left running
  --dir D  where runs are kept; default: .dd0c/demo
`;

/** What to show, that kept demos are to end, or a text to print and the exit code. */
export type Reading =
  | { readonly kind: 'show'; readonly asked: DemoArguments }
  | { readonly kind: 'stop'; readonly runs: string }
  | { readonly kind: 'tell'; readonly text: string; readonly exitCode: number };

export function readArguments(argv: readonly string[], { root, cwd }: { readonly root: string; readonly cwd: string }): Reading {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], allowPositionals: true, options: { keep: { type: 'boolean' }, stop: { type: 'boolean' }, dir: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    return { kind: 'tell', text: `${error instanceof Error ? error.message : String(error)}\n\n${help}`, exitCode: 1 };
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: 'tell', text: help, exitCode: 0 };
  const runs = values.dir === undefined ? join(root, '.dd0c', 'demo') : resolve(cwd, values.dir);
  if (values.stop === true) return { kind: 'stop', runs };
  const paths = positionals.map((path) => resolve(cwd, path));
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) return { kind: 'tell', text: `There is nothing at ${missing}.\n`, exitCode: 1 };
  return { kind: 'show', asked: { paths, afterwards: values.keep === true ? 'keep' : 'stop', runs } };
}
