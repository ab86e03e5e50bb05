import fc from 'fast-check';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scanAll } from '#agent/scan-all.ts';
import { createTerraformScanner } from '#agent/scan/terraform/terraform-scanner.ts';
import { createScrubbers } from '#agent/scrub/scrubber.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { createStages, options } from './stages.ts';

test('a secret of a resource that nobody touched is masked where another one, that drifted, holds it', async () => {
  const folder = await makeFolder({});
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(secret, encoding, holder), { minLength: 1, maxLength: 4 }), async (shared) => {
      const owners = shared.map(([value, , hold], index) => hold(value, index));
      const leaks = shared.map(([value, encode]) => encode(value));
      const before = [...owners, block('aws_instance', 'changed', { id: 'i', notes: leaks.map((leak) => `before ${leak} end`) })];
      const now = [block('aws_instance', 'changed', { id: 'i', notes: leaks.map((leak) => `after ${leak} end`) }), ...owners.toReversed()];

      const [sliced, whole] = [await report(folder, before, now, 'utf8'), await report(folder, before, now, 'utf16le')];

      for (const leak of leaks) expect(sliced).not.toContain(JSON.stringify(leak).slice(1, -1));
      expect(sliced).toContain('«secret:');
      expect(sliced).toBe(whole); // a state in UTF-16 is read as one document
    }),
    { numRuns: 40 },
  );
});

/** Rules are prepared once; each scan has a scrubber of its own. */
const stages = createStages({ scrubber: createScrubbers({ key: new Uint8Array(32).fill(7) }) });

/** Nothing that a pattern would know: only whoever has seen its owner can tell. */
const secret = fc.array(fc.constantFrom('korb', 'Lampe', 'zebra', '7', '/', '"', 'Ä', 'wolke'), { minLength: 4, maxLength: 8 }).map((parts) => `q${parts.join('')}z9`);

const encoding = fc.constantFrom<(value: string) => string>(
  (value) => value,
  (value) => JSON.stringify(value).slice(1, -1),
  (value) => encodeURIComponent(value),
  (value) => Buffer.from(value).toString('base64'),
  (value) => Buffer.from(value).toString('hex'),
);

/** By its mark, by its name, by its type. */
const holder = fc.constantFrom<(value: string, index: number) => object>(
  (value, index) => block('aws_thing', `marked${index}`, { odd: value }, [[{ type: 'get_attr', value: 'odd' }]]),
  (value, index) => block('aws_db_instance', `named${index}`, { nested: [{ master_password: value }] }),
  (value, index) => block('random_password', `typed${index}`, { result: value }),
);

function block(type: string, name: string, attributes: object, sensitive_attributes: readonly unknown[] = []): object {
  return { mode: 'managed', type, name, provider: 'provider["registry.terraform.io/hashicorp/x"]', instances: [{ attributes, sensitive_attributes }] };
}

async function report(folder: string, before: readonly object[], now: readonly object[], encoding: 'utf8' | 'utf16le'): Promise<string> {
  const files = [join(folder, 'before.tfstate'), join(folder, 'now.tfstate')] as const;
  for (const [index, resources] of [before, now].entries()) {
    await writeFile(files[index] ?? '', `${encoding === 'utf8' ? '' : '\ufeff'}${JSON.stringify({ version: 4, serial: 1, lineage: 'l', outputs: {}, resources })}`, encoding);
  }
  const events = await Array.fromAsync(scanAll([files[1]], { scanners: [createTerraformScanner()], options: { ...options, against: { side: 'file', path: files[0] } }, stages }, AbortSignal.timeout(20_000)));
  return JSON.stringify(events.flatMap((event) => (event.kind === 'report' ? [event.report] : [])));
}
