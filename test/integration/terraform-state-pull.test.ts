import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeStateServer } from '#test/fakes/http-state.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { type ScanHow, scanOne, stateOf } from '#test/harness/terraform.ts';
import { fingerprintOfFolder, quietEnvironment, terraform } from '#test/harness/terraform-program.ts';
import { toolProgram } from '#test/harness/tools.ts';

const state = stateOf({ 'test.x': { n: 1 } });

/** The http backend with a setting that is left to terraform stands for every backend that is not read directly. */
describe.each(['terraform', 'tofu'] as const)('a backend that is read through %s', (name) => {
  const { path, reason } = toolProgram(name);
  const program = path ?? name;

  describe.skipIf(reason !== '')(`itself${reason}`, () => {
    test('is read without initialising or writing the folder, and without its providers', async () => {
      const { url, asked } = await fakeStateServer((_, outgoing) => outgoing.end(state));
      const folder = await makeFolder({ 'main.tf': code('username = "me"\n password = "hush"') });
      const before = fingerprintOfFolder(folder);

      const { stack, sightings } = await scan(folder, { at: `${url}/s` });

      expect(fingerprintOfFolder(folder)).toBe(before);
      expect([stack.against, stack.lineage, sightings.length]).toEqual(['code', 'test-lineage', 1]);
      expect(new Set(asked.map(({ line }) => line))).toEqual(new Set(['GET /s'])); // neither written nor locked
    });

    test('is read as init left it, where the settings came on the command line', async () => {
      let isWritten = false;
      const { url } = await fakeStateServer((_, outgoing) => (isWritten ? outgoing.end(state) : outgoing.writeHead(404).end()));
      const folder = await makeFolder({ 'main.tf': 'terraform {\n  backend "http" {}\n}\nvariable "n" {\n  default = 2\n}\n' });
      await terraform(folder, ['init', '-input=false', `-backend-config=address=${url}/init`, '-backend-config=skip_cert_verification=true'], environment(program), program);
      isWritten = true;
      const before = fingerprintOfFolder(folder);

      const { stack } = await scan(folder);

      expect(fingerprintOfFolder(folder)).toBe(before);
      expect(stack.lineage).toBe('test-lineage');
    });

    test('what terraform says goes wrong is told without what the settings hold', async () => {
      const { url } = await fakeStateServer((_, outgoing) => outgoing.writeHead(500).end());
      const folder = await makeFolder({ 'main.tf': code('username = "hush-hush"\n retry_max = 0') });

      const failed: unknown = await scan(folder, { at: `${url.replace('//', '//hush-hush:x@')}/s` }).catch((error: unknown) => error);

      expect(failed).toMatchObject({ code: 'backend-failed', facts: { backend: 'http', program: name } });
      expect(String(failed)).not.toContain('hush');
    });

    test('one that never answers is ended', async () => {
      const { url } = await fakeStateServer(() => undefined);
      const folder = await makeFolder({ 'main.tf': code('') });

      await expect(scan(folder, { at: `${url}/s`, timeoutMs: 1_500 })).rejects.toMatchObject({ code: 'backend-timeout' });
    });

    test('an address that only the code names is not asked', async () => {
      const { url, asked } = await fakeStateServer((_, outgoing) => outgoing.end(state));
      const folder = await makeFolder({ 'main.tf': code(`address = "${url}/s"`) });

      const { gaps } = await scanOne(folder, { env: { ...environment(program), TF_HTTP_PASSWORD: 'hush' } });

      expect(asked).toEqual([]);
      expect(gaps).toMatchObject([{ address: 'test.x', state: 'stale', reason: expect.stringContaining('address: only the code names where credentials would go') as unknown }]);
    });

    test('HCP Terraform is not asked where initialising could make a workspace', async () => {
      const folder = await makeFolder({ 'main.tf': 'terraform {\n  cloud {\n    organization = "o"\n    workspaces {\n      name = "w"\n    }\n  }\n}\nresource "test" "x" {}\n' });

      expect((await scan(folder)).gaps).toMatchObject([{ address: 'test.x', state: 'stale' }]);
    });

    function scan(folder: string, { at, ...how }: ScanHow & { readonly at?: string } = {}) {
      return scanOne(folder, { env: { ...environment(program), TF_HTTP_ADDRESS: at }, ...how });
    }
  });
});

test('without terraform and tofu, a backend that needs them says so', async () => {
  const folder = await makeFolder({ 'main.tf': 'terraform {\n  backend "gcs" {\n    bucket = "b"\n  }\n}\nresource "test" "x" {}\n' });

  await expect(scanOne(folder, { env: { PATH: '/nowhere' } })).rejects.toMatchObject({ code: 'backend-needs-program', facts: { backend: 'gcs' } });
});

/** `program` is a path. */
function environment(program: string): Record<string, string | undefined> {
  return { ...quietEnvironment('/dev/null'), PATH: dirname(program) };
}

function code(settings: string): string {
  return `terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "1.2.3" }\n  }\n  backend "http" {\n    skip_cert_verification = true\n    ${settings}\n  }\n}\nresource "test" "x" {\n  n = 2\n}\n`;
}
