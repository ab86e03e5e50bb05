import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Fault } from '#proto/domain/fault.ts';
import { parseDocument } from '#agent/scan/terraform/source/read-document.ts';
import { readPlan } from '#agent/scan/terraform/plan/read-plan.ts';
import { readShow } from '#agent/scan/terraform/recorded/read-show.ts';
import { readState } from '#agent/scan/terraform/recorded/read-state.ts';
import { corpus, tableRows } from '#test/harness/corpus.ts';
import { scanOne, scanTerraform, type Scanned } from '#test/harness/terraform.ts';

/** Files that are refused, each looked at: what it is, and so the name of the refusal. Every other file is read. */
const refusals: Readonly<Record<string, string>> = {
  'driftctl__v4_invalid.tfstate': 'source-not-json', // damaged on purpose in line 16
  'opentofu__encrypted.tfstate': 'state-encrypted',
  'python-tfstate__aws_route-v1.tfstate': 'state-version-unsupported', // version 1
  'terraform__dot-terraform-backend-pointer.tfstate': 'state-pointer',
  'tfstate-lookup__roundtrip__v1-simple.in.tfstate': 'state-version-unsupported', // version 1
  'terrascan__invalid-json.json': 'source-not-json', // a sentence in English
};

for (const folder of ['terraform-state', 'terraform-plan', 'terraform-show-state']) {
  const { path, isThere, reason } = corpus(`iac/${folder}`);

  describe.skipIf(!isThere)(`every file of ${folder} is read, or refused by its name${reason}`, () => {
    test.each(isThere ? readdirSync(path) : [])('%s', async (file) => {
      const outcome = await scanOne(join(path, file)).then(faultless, (error: unknown) => (error instanceof Fault ? error.code : 'broken'));

      expect(outcome).toBe(refusals[file] ?? 'read');
    });
  });
}

/** Everything in the file was understood, and each resource comes once. */
function faultless({ sightings, gaps }: Scanned): string {
  const isWhole = gaps.every(({ state }) => state !== 'unreadable') && new Set(sightings.map(({ address }) => address)).size === sightings.length;
  return isWhole ? 'read' : 'read in part';
}

const states = corpus('iac/terraform-state');

describe.skipIf(!states.isThere)(`an old state has the addresses that terraform gave it when it was upgraded${states.reason}`, () => {
  test.each(['tfstate-lookup__roundtrip__v3-grabbag', 'tfstate-lookup__roundtrip__v3-bigint', 'opentofu__roundtrip__v4-legacy-foreach', 'opentofu__roundtrip__v4-legacy-simple'])('%s', async (name) => {
    const [before, after] = await Promise.all(['in', 'out'].map((side) => scanOne(join(states.path, `${name}.${side}.tfstate`))));

    expect(before?.sightings.map(({ address }) => address).sort()).toEqual(after?.sightings.map(({ address }) => address).sort());
    expect(before?.sightings.map(({ id }) => id).sort()).toEqual(after?.sightings.map(({ id }) => id).sort());
  });
});

const cases = corpus('iac/terraform-drift-cases');
const rows = cases.isThere ? tableRows(join(cases.path, 'EXPECTED.tsv')) : [];

describe.skipIf(!cases.isThere)(`OpenTofu’s own drift cases${cases.reason}`, () => {
  test.each(rows.map((row) => [row['case'] ?? '', row] as const))('%s: the plan names what drifted and what the code would change', async (name, row) => {
    const { sightings } = await scanOne(join(cases.path, name, 'expected/plan.json'));

    const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
    const drifted = sightings.filter(({ sides }) => differs(sides.recorded?.values, sides.live?.values)).map(({ address }) => address);
    const changed = sightings.filter(({ sides }) => sides.code !== undefined && differs(sides.live?.values, sides.code?.values)).map(({ address }) => address);
    expect(drifted).toEqual(addresses(row['resource_drift (address:actions)']));
    expect(changed).toEqual(addresses(row['planned changes (address:actions)']));
  });

  test.each(rows.map((row) => [row['case'] ?? '', row] as const))('%s: code against state names what the code would change', async (name, row) => {
    const scanned = await scanTerraform(join(cases.path, name, 'in'));
    const folder = scanned.find(({ target }) => target.form === 'terraform-folder');

    const changed = (folder?.sightings ?? []).filter(({ sides }) => !contains(sides.recorded?.values, sides.code?.values)).map(({ address }) => address);
    expect(changed).toEqual(notInCode.has(name) ? [] : addresses(row['planned changes (address:actions)']));
    expect(folder?.gaps).toEqual([]);
  });

  /** Cases whose difference neither code nor state holds: only live drifted, or the code no longer names an argument. */
  const notInCode = new Set(['drift_simple', 'basic_map_null', 'basic_set_null']);
});

/** `a.b:update; c.d:delete+create`, or `-` for none. */
function addresses(cell = '-'): readonly string[] {
  return cell === '-' ? [] : cell.split('; ').map((each) => each.replace(/:[^:]*$/, ''));
}

/** Whether everything that the code says is so. */
function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) return Array.isArray(whole) && whole.length === part.length && part.every((item) => whole.some((other) => contains(other, item)));
  if (typeof part !== 'object' || part === null) return whole === part;
  return typeof whole === 'object' && whole !== null && Object.entries(part).every(([key, value]) => contains(Reflect.get(whole, key), value));
}

describe.skipIf(!states.isThere)(`damaged files are read or refused, and nothing else happens${states.reason}`, () => {
  const files = ['terraform-state', 'terraform-plan', 'terraform-show-state'].flatMap((folder) => {
    const { path, isThere } = corpus(`iac/${folder}`);
    return isThere ? readdirSync(path).map((file) => readFileSync(join(path, file))) : [];
  });
  const small = files.filter((bytes) => bytes.length < 20_000);

  test('by changed bytes, cuts and repetitions', () => {
    const damage = fc.record({ file: fc.nat(), at: fc.double({ min: 0, max: 1, noNaN: true }), by: fc.oneof(fc.constantFrom('', '{', '}', '[', ']', '"', ',', 'null', '-1', '1e999', '[[', '{"__proto__":{"a":1}}', '\u0000', '\ufeff'), fc.string({ maxLength: 3 })), remove: fc.nat({ max: 40 }), cut: fc.boolean() });
    fc.assert(
      fc.property(damage, ({ file, at, by, remove, cut }) => {
        const bytes = small[file % small.length] ?? Buffer.alloc(0);
        const from = Math.floor(at * bytes.length);
        read(Buffer.concat([bytes.subarray(0, from), Buffer.from(by), cut ? Buffer.alloc(0) : bytes.subarray(from + remove)]));
      }),
      { numRuns: 1_500 },
    );
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

function read(bytes: Buffer): void {
  try {
    const { form, content } = parseDocument(bytes, 'x');
    if (form === 'state') readState(content, 'x');
    else if (form === 'plan') readPlan(content, 'x');
    else readShow(content, 'x');
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
}
