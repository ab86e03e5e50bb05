import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runProgram } from '#agent/cli/program.ts';
import { fakeHost } from '#test/fakes/host.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { stateOf } from '#test/harness/terraform.ts';

const Report = z.object({ stacks: z.array(z.object({ findings: z.array(z.object({ address: z.string(), noise: z.boolean(), properties: z.array(z.object({ path: z.string(), noise: z.string().nullable() })) })) })) });

/** Two states of three resources, of which each differs. */
const states = {
  'then.tfstate': stateOf({ 'aws_ecs_service.web': { desired_count: 2, launch_type: 'EC2' }, 'aws_subnet.a': { tags: {} }, 'aws_instance.x': { ami: 'a' } }),
  'now.tfstate': stateOf({ 'aws_ecs_service.web': { desired_count: 5, launch_type: 'FARGATE' }, 'aws_subnet.a': { tags: null }, 'aws_instance.x': { ami: 'b' } }),
};

async function scan(config: string) {
  const host = fakeHost({ cwd: await makeFolder({ ...states, 'dd0c.yaml': `version: 1\n${config}` }) });
  const exitCode = await runProgram(['scan', 'now.tfstate', '--against', 'then.tfstate', '--format', 'json'], host);
  const findings = host.told.out === '' ? [] : Report.parse(JSON.parse(host.told.out)).stacks.flatMap((stack) => stack.findings);
  const told = findings.flatMap(({ address, properties }) => properties.map(({ path, noise }) => `${address} ${path} ${noise ?? 'counts'}`));
  return { exitCode, told, err: host.told.err };
}

describe('dd0c.yaml', () => {
  test('ignores by stack, address, type and property; what has expired or matches nothing says so with its owner', async () => {
    const { exitCode, told, err } = await scan(`
ignore:
  - { name: scaled, type: aws_ecs_*, property: desired_count, reason: the autoscaler sets it, owner: platform }
  - { name: whole, address: "aws_instance.*", stack: "*", reason: replaced nightly, until: 2999-12-31 }
  - { name: over, address: aws_ecs_service.web, property: launch_type, reason: until the move, owner: ada, until: 2020-01-01 }
  - { name: lost, address: aws_lb.gone, reason: it was there once, owner: bob }
`);

    expect(exitCode).toBe(2);
    expect(told).toEqual(['aws_ecs_service.web desired_count scaled', 'aws_ecs_service.web launch_type counts', 'aws_instance.x ami whole', expect.stringMatching(/^aws_subnet\.a tags (?!counts)/)]);
    expect(err).toContain('ignore rule over has expired (until the move; ada)');
    expect(err).toContain('ignore rule lost matches nothing (it was there once; bob)');
    expect(err).not.toMatch(/scaled|whole/);
  });

  test('switches a rule off by its name, and a name that no rule has is refused with the one that was meant', async () => {
    const usual = await scan('');
    const rule = usual.told.find((line) => line.startsWith('aws_subnet.a'))?.split(' ').at(-1) ?? '';

    expect((await scan(`rules: { off: [${rule}] }`)).told).not.toContain(`aws_subnet.a tags ${rule}`);
    expect(await scan(`rules: { off: [${rule}x] }`)).toMatchObject({ exitCode: 1, err: expect.stringContaining(`did you mean ${rule}?`) as unknown });
  });
});
