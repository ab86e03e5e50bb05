import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runProgram } from '#agent/cli/program.ts';
import { rules } from '#agent/normalise/rules.ts';
import { severityRules } from '#agent/severity/rules.ts';
import { byName } from '#agent/severity/rules/by-name.ts';
import { fakeHost } from '#test/fakes/host.ts';

async function list(...flags: string[]): Promise<string> {
  const host = fakeHost();
  expect(await runProgram(['rules', ...flags], host)).toBe(0);
  return host.told.out;
}

describe('rules', () => {
  test('lists every normalising rule with its reason', async () => {
    const told = await list();
    const listed = z.object({ rules: z.array(z.object({ name: z.string(), reason: z.string() })) }).parse(JSON.parse(await list('--json')));

    expect(listed.rules.map(({ name }) => name)).toEqual(rules.map(({ name }) => name));
    for (const { name } of rules) expect(told).toContain(name);
  });

  test('--severity lists every rule that ranks a difference, with the control it rests on', async () => {
    const told = await list('--severity');
    const listed = z.object({ rules: z.array(z.object({ id: z.string(), severity: z.string(), reference: z.string().min(1) })) }).parse(JSON.parse(await list('--severity', '--json')));

    expect(listed.rules).toHaveLength(severityRules.length + byName.length);
    expect(told).toMatch(/critical +kubernetes-privileged +.*/);
    expect(told).toMatch(/whoever did it \[/);
  });
});
