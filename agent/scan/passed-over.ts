import { stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { readHead } from './source/read-head.ts';
import { walk } from './source/walk.ts';
import type { Target } from './scanner.ts';

/** A file that looks like IaC and is in no stack, and why. */
export interface PassedOver {
  readonly path: string;
  readonly why: string;
}

/** More than these are counted by the caller, not looked at. */
const maxLooked = 20_000;

/**
 * Files below a folder that a person might have expected among the stacks. What lies in a stack's folder belongs to it;
 * hidden folders and node_modules are never entered.
 */
export async function passedOver(root: string, targets: readonly Target[], signal: AbortSignal): Promise<readonly PassedOver[]> {
  const isFolder = await stat(root).then((found) => found.isDirectory(), () => false);
  if (!isFolder) return [];
  const files = new Set(targets.map(({ path }) => path));
  const folders = new Map(targets.filter(({ form }) => /-(?:folder|project|workspace)$/.test(form)).map((target) => [target.path, target]));
  const charts: string[] = [];
  const found: PassedOver[] = [];
  let looked = 0;
  for await (const folder of walk(root, signal)) {
    if (folder.files.includes('Chart.yaml')) charts.push(folder.path);
    const chart = charts.find((path) => folder.path === path || folder.path.startsWith(path + sep));
    for (const name of folder.files) {
      const path = join(folder.path, name);
      const isTaken = files.has(path) || belongsTo(name, folders.get(folder.path));
      if (isTaken || !/\.(?:tf|tofu|tfvars|tfstate|backup|json|jsonl|ya?ml|template|tpl)$/.test(name) || (looked += 1) > maxLooked) continue;
      const why = await whyNot(path, chart);
      if (why !== null) found.push({ path, why });
    }
  }
  return found;
}

function belongsTo(name: string, target: Target | undefined): boolean {
  if (target === undefined) return false;
  if (target.kind === 'terraform') return /\.(?:tf|tofu|tfvars)(?:\.json)?$|^terraform\.tfstate$/.test(name);
  return target.kind === 'pulumi' ? /^Pulumi\..*ya?ml$/.test(name) : /\.(?:ya?ml|json)$/.test(name);
}

/** Null for what nobody would take for IaC. */
async function whyNot(path: string, chart: string | undefined): Promise<string | null> {
  const name = basename(path);
  if (/\.(?:tf|tofu)(?:\.json)?$/.test(name)) return 'a module that other code here calls: it is part of that stack';
  if (/\.tfvars(?:\.json)?$/.test(name)) return 'values of variables without code beside them';
  if (/\.tfstate\.(?:.*\.)?backup$|\.backup$/.test(name)) return 'a backup that terraform keeps; name it by itself to read it';
  if (name.endsWith('.tfstate')) return 'it is not read as a state; name it by itself to see why';
  if (chart !== undefined) return `part of the Helm chart in ${basename(chart)}: render it first (helm template … | dd0c-agent scan -)`;
  if (/^kustomization\.ya?ml$/.test(name)) return 'kustomize: build it first (kustomize build … | dd0c-agent scan -)';
  if (/^Pulumi\..+\.ya?ml$/.test(name)) return 'a stack\'s configuration without its project';
  const head = (await readHead(path)) ?? '';
  if (/\{\{-?\s*\.?\w/.test(head) && /apiVersion\s*:/.test(head)) return 'a template that must be rendered first';
  if (head.trim() === '') return 'it is empty, or may not be read';
  return /"?(?:apiVersion|resources?|AWSTemplateFormatVersion|terraform_version|deployment|checkpoint)"?\s*:/i.test(head) && !isWellKnown(path) ? 'it begins like no kind of IaC that is known' : null;
}

/** What tools of other trades keep in every repository. */
function isWellKnown(path: string): boolean {
  return /^(?:package(?:-lock)?|tsconfig.*|composer|docker-compose.*|compose.*|mkdocs|values.*|Chart)\.(?:json|ya?ml)$/.test(basename(path)) || /(?:^|[\\/])(?:workflows|charts)$/.test(dirname(path));
}
