import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { agent, approvalOf, keyAdded, makeLog, makePerson } from '#test/fakes/audit-log.ts';

const script = fileURLToPath(new URL('../../docs/verify-audit.py', import.meta.url));
const missing = ['python3', 'openssl'].filter((program) => spawnSync(program, ['version'], { stdio: 'ignore' }).error !== undefined);

describe.skipIf(missing.length > 0)(`the script in another language${missing.length === 0 ? '' : ` [not run: ${missing.join(' and ')} on PATH]`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-audit-'));
  const key = generateKeyPairSync('ed25519').privateKey;
  const log = makeLog(Array.from({ length: 11 }, (_, n) => ({ n, text: 'ünïcode' })), key);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('agrees that a log is whole, with an independent head and without', () => {
    expect(run(log.lines)).toMatchObject({ code: 0, out: expect.stringMatching(/^verified 11 entries of dd0c-test\/audit/) });
    expect(run(log.lines, log.head(7))).toMatchObject({ code: 0 });
  });

  test('agrees that a changed log is not', () => {
    const changed = log.lines.map((line, index) => (index === 5 ? line.replace('"n":4', '"n":5') : line));
    const cut = [...log.lines.slice(0, 6), log.lines.at(-1) ?? ''];
    const other = makeLog([1, 2, 3]);

    expect(run(changed)).toMatchObject({ code: 1, err: expect.stringContaining('entry 6 does not follow') });
    expect(run(cut)).toMatchObject({ code: 1, err: expect.stringContaining('signs another content') });
    expect(run(log.lines.slice(0, -1))).toMatchObject({ code: 1, err: expect.stringContaining('does not end with a checkpoint') });
    expect(run(other.lines)).toMatchObject({ code: 1, err: expect.stringContaining('not signed by this key') });
  });

  test('agrees about approvals', () => {
    const person = makePerson();
    const approved = { topic: 'approval.approved', body: approvalOf(person) };
    const moved = { topic: 'approval.approved', body: { ...approvalOf(person), execution: agent } };

    expect(run(makeLog([keyAdded(person), approved], key).lines)).toMatchObject({ code: 0 });
    expect(run(makeLog([keyAdded(person), moved], key).lines)).toMatchObject({ code: 1, err: expect.stringContaining('signed for something else') });
    expect(run(makeLog([keyAdded(makePerson()), approved], key).lines)).toMatchObject({ code: 1, err: expect.stringContaining('not signed by its key') });
  });

  function run(lines: readonly string[], head?: string): { readonly code: number | null; readonly out: string; readonly err: string } {
    writeFileSync(join(folder, 'log'), `${lines.join('\n')}\n`);
    if (head !== undefined) writeFileSync(join(folder, 'head'), head);
    const { status, stdout, stderr } = spawnSync('python3', [script, join(folder, 'log'), log.verifier, ...(head === undefined ? [] : [join(folder, 'head')])], { encoding: 'utf8' });
    return { code: status, out: stdout, err: stderr };
  }
});
