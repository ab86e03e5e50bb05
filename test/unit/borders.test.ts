import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let house: string;

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'dd0c-borders-'));
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) cpSync(join(root, file), join(house, file));
});

afterEach(() => {
  rmSync(house, { recursive: true, force: true });
});

test.each([
  ['the agent reaching into the control plane', 'agent/pipeline.ts', "import { db } from '../control-plane/store/db.ts';\nvoid db;\n", 'control-plane/store/db.ts', 'agent-and-plane-meet-only-in-proto'],
  ['the same across the # border', 'agent/pipeline.ts', "import { db } from '#control-plane/store/db.ts';\nvoid db;\n", 'control-plane/store/db.ts', 'agent-and-plane-meet-only-in-proto'],
  ['a stage knowing another stage', 'agent/diff/walk.ts', "import { db } from '../spool/spool.ts';\nvoid db;\n", 'agent/spool/spool.ts', 'stages-do-not-know-one-another'],
  ['the domain reading generated types', 'proto/domain/order.ts', "import type { db } from '../gen/order.ts';\nexport type X = typeof db;\n", 'proto/gen/order.ts', 'only-codec-reads-gen'],
  ['a leaf knowing the house', 'secrets/automaton.ts', "import { db } from '../agent/scrub/scrubber.ts';\nvoid db;\n", 'agent/scrub/scrubber.ts', 'secrets-is-a-leaf'],
  ['a product file importing a test', 'ca/authority.ts', "import { db } from '../test/harness/pki.ts';\nvoid db;\n", 'test/harness/pki.ts', 'nothing-imports-test-or-demo'],
])('%s is refused', (_, from, source, to, rule) => {
  plant(from, source);
  plant(to, 'export const db = 1;\n');

  const { status, stdout } = cruise();

  expect(stdout).toContain(rule);
  expect(status).not.toBe(0);
});

test('a house that keeps its borders passes', () => {
  plant('agent/pipeline.ts', "import { walk } from './diff/walk.ts';\nvoid walk;\n");
  plant('agent/diff/walk.ts', "import { isObject } from '#proto/domain/json.ts';\nexport const walk = isObject;\n");
  plant('proto/domain/json.ts', 'export const isObject = true;\n');

  const { status, stdout } = cruise();

  expect(stdout).toContain('4 modules, 2 dependencies cruised');
  expect(status).toBe(0);
});

function plant(path: string, source: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), source);
}

function cruise(): { status: number | null; stdout: string } {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  return spawnSync(process.execPath, [program, '--config', '.dependency-cruiser.mjs', '.'], { cwd: house, encoding: 'utf8' });
}
