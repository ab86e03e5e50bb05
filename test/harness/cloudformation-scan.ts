import { vi } from 'vitest';
import type { Gap, Sighting } from '#proto/domain/resource.ts';
import { createCloudFormationScanner } from '#agent/scan/cloudformation/cloudformation-scanner.ts';
import { CloudFormationSettings } from '#agent/scan/cloudformation/live/settings.ts';
import type { Against, Target } from '#agent/scan/scanner.ts';

export interface ScannedStack {
  readonly target: Target;
  readonly id: string | null;
  readonly against: string;
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
}

export interface StackScanHow {
  readonly path?: string;
  readonly settings?: object;
  readonly against?: Against;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Called instead of waiting. */
  readonly wait?: (ms: number) => void;
}

/** Points the SDK at an endpoint, with keys that open nothing anywhere else, until the test has ended. */
export function useAwsAt(url: string, region = 'eu-west-1'): void {
  const variables = { AWS_ENDPOINT_URL: url, AWS_REGION: region, AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'test', AWS_SESSION_TOKEN: undefined, AWS_PROFILE: undefined, AWS_CA_BUNDLE: undefined, AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

/** Finds and opens stacks of CloudFormation through the real SDK; a stack that cannot be opened gives its error. */
export async function scanStacks({ path = 'cloudformation://', settings = {}, against = { side: 'live' }, timeoutMs = 30_000, signal = new AbortController().signal, wait }: StackScanHow = {}): Promise<readonly (ScannedStack | { readonly target: Target; readonly error: unknown })[]> {
  const accounts = { accounts: [{}], ...settings };
  const patience = { wait: (ms: number, signal: AbortSignal) => Promise.resolve(wait?.(ms)).then(() => signal.throwIfAborted()), random: () => 1 };
  const scanner = createCloudFormationScanner({ settings: CloudFormationSettings.parse(accounts), patience });
  const scanned: (ScannedStack | { target: Target; error: unknown })[] = [];
  const targets = await scanner.find(path, signal);
  for (const [index, target] of targets.entries()) {
    try {
      const stack = await scanner.open(target, { against, timeoutMs, upcoming: targets.slice(index + 1), env: {} }, signal);
      const sightings = await Array.fromAsync(stack.sightings());
      scanned.push({ target, id: stack.id, against: stack.against, sightings, gaps: stack.gaps() });
    } catch (error) {
      scanned.push({ target, error });
    }
  }
  return scanned;
}

/** The same where there is one stack and it can be opened. */
export async function scanOneStack(how: StackScanHow = {}): Promise<ScannedStack> {
  const [only, ...rest] = await scanStacks(how);
  if (only === undefined || rest.length > 0) throw new Error(`${rest.length + (only === undefined ? 0 : 1)} stacks, not one`);
  if ('error' in only) throw only.error;
  return only;
}
