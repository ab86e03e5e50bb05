import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram } from '#agent/cli/program.ts';
import { fakeHost } from '#test/fakes/host.ts';
import { makeFolder } from '#test/harness/folder.ts';

const service = (port: number, metadata: object): string => `apiVersion: v1\nkind: Service\nmetadata: ${JSON.stringify({ name: 'web', namespace: 'shop', ...metadata })}\nspec: {ports: [{port: ${port}}]}\n`;

async function scan(input: string, ...argv: string[]) {
  const folder = await makeFolder({ 'k8s/web.yaml': service(80, {}) });
  const host = fakeHost({ cwd: folder, input });
  const exitCode = await runProgram(['scan', '-', '--format', 'json', ...argv.map((word) => (word === 'K8S' ? join(folder, 'k8s') : word))], host);
  const report: unknown = host.told.out === '' ? null : JSON.parse(host.told.out);
  return { exitCode, report, err: host.told.err };
}

describe('scan -', () => {
  test('reads manifests or a dump from standard input, under a name that does not change', async () => {
    const { exitCode, report } = await scan(service(8080, { uid: 'u' }), '--against', 'K8S');

    expect(exitCode).toBe(2);
    expect(report).toMatchObject({ stacks: [{ id: 'standard input', kind: 'kubernetes', source: '-', findings: [{ address: 'Service/shop/web' }] }] });
  });

  test('reads a plan as well, and leaves nothing behind', async () => {
    const kept = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('dd0c-input-'));
    const before = kept();
    const plan = { format_version: '1.2', resource_changes: [], resource_drift: [{ address: 'a.b', mode: 'managed', type: 'a', name: 'b', provider_name: 'p', change: { actions: ['update'], before: { size: 1 }, after: { size: 2 }, after_unknown: {}, before_sensitive: {}, after_sensitive: {} } }] };

    const { exitCode, report } = await scan(JSON.stringify(plan));

    expect(exitCode).toBe(2);
    expect(report).toMatchObject({ stacks: [{ kind: 'terraform', source: '-', findings: [{ address: 'a.b' }] }] });
    expect(kept()).toEqual(before);
  });

  test('what is no kind of IaC is refused by name', async () => {
    expect((await scan('hello: world\n')).report).toMatchObject({ stacks: [{ error: { code: 'nothing-to-scan' } }] });
  });
});
