import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asFault } from '#proto/domain/fault.ts';
import { passedOver, type PassedOver } from '../../scan/passed-over.ts';
import { type Scanner, schemeOf, takes, type Target } from '../../scan/scanner.ts';
import { pad, wrap } from '../terminal/fit.ts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What lies under the paths of a scan. */
export interface Discovery {
  readonly stacks: readonly (Pick<Target, 'kind' | 'form' | 'path' | 'label'> & { readonly detail: string | null })[];
  readonly passedOver: readonly PassedOver[];
  /** Paths at which nothing could be looked for. */
  readonly errors: readonly { readonly path: string; readonly code: string; readonly message: string }[];
}

/** Finds stacks as a scan does, and opens none. */
export async function discover(paths: readonly string[], scanners: readonly Scanner[], signal: AbortSignal): Promise<Discovery> {
  const targets: Target[] = [];
  const over: PassedOver[] = [];
  const errors = new Map<string, { path: string; code: string; message: string }>();
  for (const path of paths) {
    for (const scanner of scanners.filter((one) => takes(one, path))) {
      try {
        targets.push(...(await scanner.find(path, signal)));
      } catch (error) {
        signal.throwIfAborted();
        const { code, message } = asFault(error);
        errors.set(`${path}\n${code}`, { path, code, message });
      }
    }
    if (schemeOf(path) === null) over.push(...(await passedOver(path, targets, signal)));
  }
  return { stacks: await Promise.all(targets.map(async (target) => ({ kind: target.kind, form: target.form, path: target.path, label: target.label, detail: await detailOf(target) }))), passedOver: over, errors: [...errors.values()] };
}

/** Where a folder of code keeps its state, or what can be asked of it. */
async function detailOf({ form, path }: Target): Promise<string | null> {
  if (form === 'pulumi-project') return 'its recorded state; --against code previews the program, --against live previews a refresh';
  if (form !== 'terraform-folder') return null;
  const names = await readdir(path).catch((): string[] => []);
  for (const name of names.filter((one) => /\.(?:tf|tofu)(?:\.json)?$/.test(one))) {
    const text = await readFile(join(path, name), 'utf8').catch(() => '');
    const [, backend] = /^\s*backend\s+"([\w-]+)"\s*\{/m.exec(text) ?? /"backend"\s*:\s*\[?\s*\{\s*"([\w-]+)"/.exec(text) ?? [];
    if (backend !== undefined) return `state in the backend ${backend}`;
    if (/^\s*cloud\s*\{/m.test(text)) return 'state in HCP Terraform';
  }
  return names.includes('terraform.tfstate') ? 'state beside the code' : 'no backend, no state beside the code';
}

export function discoveryJson(discovery: Discovery): string {
  return `${JSON.stringify({ schema: 'dd0c.discovery/v1', ...discovery }, null, 2)}\n`;
}

export function discoveryText({ stacks, passedOver: over, errors }: Discovery, { width, paint }: Pick<Terminal, 'width' | 'paint'>): string {
  const formWidth = Math.max(0, ...stacks.map(({ form }) => form.length));
  const lines = [
    ...(stacks.length === 0 ? ['no stack was found'] : stacks.map(({ form, label, detail }) => `${paint('bold', pad(form, formWidth))}  ${printable(label)}${detail === null ? '' : paint('dim', `  ${detail}`)}`)),
    ...(over.length === 0 ? [] : ['', 'passed over:', ...[...Map.groupBy(over, ({ why }) => why)].flatMap(([why, files]) => [...wrap(printable(why), width - 2).map((line) => `  ${line}`), ...files.slice(0, 20).map(({ path }) => paint('dim', `    ${printable(path)}`)), ...(files.length > 20 ? [paint('dim', `    … and ${files.length - 20} more`)] : [])])]),
    ...errors.map(({ path, message }) => paint('red', `could not look at ${printable(path)}: ${printable(message)}`)),
  ];
  return `${lines.join('\n')}\n`;
}
