import type { Gap, Sighting } from '#proto/domain/resource.ts';
import type { Against, OpenStack, Target } from '#agent/scan/scanner.ts';
import { createTerraformScanner } from '#agent/scan/terraform/terraform-scanner.ts';

export interface Scanned {
  readonly target: Target;
  readonly stack: OpenStack;
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
}

export interface ScanHow {
  readonly against?: Against;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
  readonly backends?: 'read' | 'leave';
}

/** Finds and opens everything of Terraform's under a path. */
export async function scanTerraform(path: string, { against = { side: 'best' }, env = {}, timeoutMs = 60_000, backends = 'read' }: ScanHow = {}): Promise<readonly Scanned[]> {
  const scanner = createTerraformScanner();
  const { signal } = new AbortController();
  const scanned: Scanned[] = [];
  for (const target of await scanner.find(path, signal)) {
    const stack = await scanner.open(target, { against, env, timeoutMs, backends }, signal);
    const sightings = await Array.fromAsync(stack.sightings()).catch((error: unknown) => {
      throw error instanceof Error ? Object.assign(error, { gaps: stack.gaps() }) : error;
    });
    scanned.push({ target, stack, sightings, gaps: stack.gaps() });
  }
  return scanned;
}

/** The same where there is one stack. */
export async function scanOne(path: string, how: ScanHow = {}): Promise<Scanned> {
  const [only, ...rest] = await scanTerraform(path, how);
  if (only === undefined || rest.length > 0) throw new Error(`${rest.length + (only === undefined ? 0 : 1)} stacks, not one`);
  return only;
}

/** The values that the code asks for, by address. */
export function codeOf({ sightings }: Pick<Scanned, 'sightings'>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(sightings.filter(({ sides }) => sides.code).map(({ address, sides }) => [address, sides.code?.values]));
}

/** A version 4 state of resources without instance keys, or with those in their names. */
export function stateOf(resources: Readonly<Record<string, object>>, more: object = {}): string {
  const blocks = Object.entries(resources).map(([address, attributes]) => {
    const [, module, mode, type, name, key] = /^(?:(module\..*)\.(?=[\w-]+\.[\w-]+(?:\[|$)|data\.))?(data\.)?([\w-]+)\.([\w-]+)(?:\[(.*)\])?$/.exec(address) ?? [];
    const index_key: unknown = key === undefined ? undefined : JSON.parse(key);
    return { module, mode: mode === undefined ? 'managed' : 'data', type, name, provider: 'provider["registry.terraform.io/hashicorp/test"]', instances: [{ index_key, attributes }] };
  });
  return JSON.stringify({ version: 4, terraform_version: '1.9.0', serial: 3, lineage: 'test-lineage', resources: blocks, ...more });
}
