import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headerOf, stateOfPlan } from '#agent/scan/terraform/live/plan-file.ts';
import { makeFolder } from '#test/harness/folder.ts';

const state = JSON.stringify({ version: 4, serial: 7, lineage: 'b1f0', resources: [] });

test.each([['packed', 8], ['as it is', 0]])('the state is found in a plan that holds it %s', async (_, method) => {
  expect(await ofBytes(zip({ tfplan: 'x'.repeat(500), tfstate: state, 'tfstate-prev': '{}' }, method))).toEqual({ lineage: 'b1f0', serial: 7 });
});

test('a plan that is no zip, or without a state, says nothing', async () => {
  expect(await ofBytes(Buffer.from('{"meta":{"key_provider":"x"},"encrypted_data":"y"}'))).toBeNull();
  expect(await ofBytes(zip({ tfplan: 'x' }, 8))).toBeNull();
  expect(await ofBytes(Buffer.alloc(0))).toBeNull();
});

test('a state that was never written has neither lineage nor serial', () => {
  for (const text of ['', '\n', '{"version":4,"serial":0,"lineage":""}', 'no state']) expect(headerOf(Buffer.from(text))).toEqual({ lineage: null, serial: null });
});

test('whatever byte is wrong, nothing is made up', async () => {
  const whole = zip({ tfplan: 'plan', tfstate: state }, 8);

  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
      const broken = Buffer.from(whole);
      broken[at] = byte;

      expect([JSON.stringify({ lineage: 'b1f0', serial: 7 }), 'null']).toContain(JSON.stringify(await ofBytes(broken)));
    }),
    { numRuns: 500 },
  );
});

async function ofBytes(bytes: Buffer): ReturnType<typeof stateOfPlan> {
  const path = join(await makeFolder({}), 'plan.bin');
  await writeFile(path, bytes);
  return stateOfPlan(path);
}

/** A zip as Go writes it: sizes stand in the directory alone. */
function zip(entries: Readonly<Record<string, string>>, method: number): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(entries)) {
    const content = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(name.length, 26);
    const listed = Buffer.alloc(46);
    listed.writeUInt32LE(0x02014b50, 0);
    listed.writeUInt16LE(method, 10);
    listed.writeUInt32LE(crc32(text), 16);
    listed.writeUInt32LE(content.length, 20);
    listed.writeUInt16LE(name.length, 28);
    listed.writeUInt32LE(at, 42);
    parts.push(head, Buffer.from(name), content);
    directory.push(listed, Buffer.from(name));
    at += 30 + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
