import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding } from '#proto/domain/finding.ts';
import type { Json, JsonObject } from '#proto/domain/json.ts';
import { createFileMemory, type Memory, noMemory } from '#agent/memory/memory.ts';
import { scanAll } from '#agent/scan-all.ts';
import { createScanners } from '#agent/scan/registry.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { stateOf } from '#test/harness/terraform.ts';
import { createStages, options } from '#test/unit/agent/stages.ts';

/** A stack over time: its files change, and what the last report knew is kept. */
async function stack(kept: 'kept' | 'forgotten' = 'kept') {
  const folder = await makeFolder({ 'memory/.keep': '' });
  const memory: Memory = kept === 'kept' ? createFileMemory(join(folder, 'memory')) : noMemory;
  return { look };

  async function look(files: Readonly<Record<string, string>>, path = 'stack'): Promise<readonly string[]> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, 'stack', name)), { recursive: true });
      await writeFile(join(folder, 'stack', name), text);
    }
    const findings: Finding[] = [];
    for await (const event of scanAll([join(folder, path)], { scanners: createScanners({ cloudFormation: { env: {} } }), options, stages: createStages({ memory }) }, AbortSignal.timeout(30_000))) {
      if (event.kind !== 'report') continue;
      expect(event.report.error).toBeNull();
      findings.push(...event.report.findings);
    }
    return findings.map(lineOf);
  }
}

function lineOf({ address, change, cause, noise, properties }: Finding): string {
  const told = properties.map((one) => `${one.path}${one.noise === null ? '' : ` (${one.noise})`}`).join(', ');
  return `${noise ? 'noise: ' : ''}${address} ${change} ${cause} ${told}`.trimEnd();
}

const queue = (body: string): string => `resource "aws_sqs_queue" "q" {\n${body}\n}\n`;
const state = (attributes: object, serial = 3): string => stateOf({ 'aws_sqs_queue.q': { name: 'jobs', visibility_timeout_seconds: 30, ...attributes } }, { serial });

/** A plan of one queue: what was recorded, what is live, and what the code asks for. */
function plan({ recorded, live, code, more = {} }: { recorded: JsonObject; live: JsonObject | null; code?: JsonObject | null; more?: Record<string, Json> }): string {
  const base = { address: 'aws_sqs_queue.q', mode: 'managed', type: 'aws_sqs_queue', name: 'q', provider_name: 'registry.terraform.io/hashicorp/aws' };
  const masks = { after_unknown: {}, before_sensitive: {}, after_sensitive: {} };
  const drift = { ...base, change: { actions: [live === null ? 'delete' : 'update'], before: recorded, after: live, ...masks } };
  const wanted = code === undefined ? recorded : code;
  const change = { ...base, ...more, change: { actions: [live === null ? 'create' : 'update'], before: live, after: wanted, ...masks } };
  const isDrifted = JSON.stringify(recorded) !== JSON.stringify(live);
  return JSON.stringify({ format_version: '1.2', terraform_version: '1.9.0', resource_drift: isDrifted ? [drift] : [], resource_changes: [change] });
}

describe('by one look at a plan', () => {
  const recorded = { name: 'jobs', delay_seconds: 0 };

  test.each([
    ['drifted by hand: live left what was recorded, and the code still asks for that', { recorded, live: { name: 'jobs', delay_seconds: 9 } }, ['aws_sqs_queue.q modified live_changed delay_seconds']],
    ['code not applied: live is as recorded, and the code asks for something else', { recorded, live: recorded, code: { name: 'jobs', delay_seconds: 9 } }, ['aws_sqs_queue.q modified not_applied delay_seconds']],
    ['both at different places are one finding of the graver', { recorded: { ...recorded, fifo_queue: false }, live: { ...recorded, fifo_queue: false, delay_seconds: 9 }, code: { ...recorded, fifo_queue: true } }, ['aws_sqs_queue.q modified live_changed delay_seconds, fifo_queue']],
    ['changed by hand to what the code now asks for: it did leave the record', { recorded, live: { name: 'jobs', delay_seconds: 9 }, code: { name: 'jobs', delay_seconds: 9 } }, ['aws_sqs_queue.q modified live_changed delay_seconds']],
    ['deleted by hand', { recorded, live: null }, ['aws_sqs_queue.q missing live_changed']],
  ])('%s', async (_, given, expected) => {
    const { look } = await stack();

    expect(await look({ 'plan.json': plan(given) })).toEqual(expected);
  });

  test('relevant_attributes take nothing away: what terraform does not call relevant has drifted all the same', async () => {
    const { look } = await stack();
    const text = JSON.stringify({ ...(JSON.parse(plan({ recorded, live: { name: 'jobs', delay_seconds: 9 } })) as object), relevant_attributes: [{ resource: 'aws_sqs_queue.q', attribute: ['name'] }] });

    expect(await look({ 'plan.json': text })).toEqual(['aws_sqs_queue.q modified live_changed delay_seconds']);
  });

  test('a pure move is told and not counted; a move with a change is the change', async () => {
    const moved = { previous_address: 'aws_sqs_queue.old' };
    const [pure, changed] = [await stack(), await stack()];

    expect(await pure.look({ 'plan.json': plan({ recorded, live: recorded, more: moved }) })).toEqual(['noise: aws_sqs_queue.q moved not_applied']);
    expect(await changed.look({ 'plan.json': plan({ recorded, live: recorded, code: { ...recorded, delay_seconds: 9 }, more: moved }) })).toEqual(['aws_sqs_queue.q modified not_applied delay_seconds']);
  });
});

describe('by the report before', () => {
  test('laundered: the state took a change by hand in, and the code did not move', async () => {
    const { look } = await stack();
    expect(await look({ 'main.tf': queue('name = "jobs"\ndelay_seconds = 0'), 'terraform.tfstate': state({ delay_seconds: 0 }) })).toEqual([]);

    expect(await look({ 'terraform.tfstate': state({ delay_seconds: 9 }, 4) })).toEqual(['aws_sqs_queue.q modified laundered delay_seconds']);
  });

  test('not applied: the code moved, and the state did not', async () => {
    const { look } = await stack();
    await look({ 'main.tf': queue('name = "jobs"\ndelay_seconds = 0'), 'terraform.tfstate': state({ delay_seconds: 0 }) });

    expect(await look({ 'main.tf': queue('name = "jobs"\ndelay_seconds = 9') })).toEqual(['aws_sqs_queue.q modified not_applied delay_seconds']);
  });

  test('changed and changed back is told once, as noise', async () => {
    const { look } = await stack();
    const recorded = { name: 'jobs', delay_seconds: 0 };
    await look({ 'plan.json': plan({ recorded, live: { name: 'jobs', delay_seconds: 9 } }) });

    expect(await look({ 'plan.json': plan({ recorded, live: recorded }) })).toEqual(['noise: aws_sqs_queue.q modified reverted']);
    expect(await look({ 'plan.json': plan({ recorded, live: recorded }) })).toEqual([]);
  });

  test('without one, one look at code and state cannot tell which of them moved', async () => {
    const { look } = await stack('forgotten');

    expect(await look({ 'main.tf': queue('name = "jobs"\ndelay_seconds = 0'), 'terraform.tfstate': state({ delay_seconds: 9 }) })).toEqual(['aws_sqs_queue.q modified unknown delay_seconds']);
  });
});

describe('provider defaults', () => {
  test('what the provider gave where nobody asked is told as such', async () => {
    const { look } = await stack();

    expect(await look({ 'plan.json': plan({ recorded: { name: 'jobs' }, live: { name: 'jobs', delay_seconds: 0 } }) })).toEqual(['noise: aws_sqs_queue.q modified provider_default delay_seconds (provider-default)']);
  });
});

describe('an argument that the code leaves out', () => {
  test('is drift where its default is known and the state holds another value', async () => {
    const { look } = await stack('forgotten');

    expect(await look({ 'main.tf': queue('name = "jobs"'), 'terraform.tfstate': state({ visibility_timeout_seconds: 600, delay_seconds: 0 }) })).toEqual(['aws_sqs_queue.q modified unknown visibility_timeout_seconds']);
  });

  test('counts as taken out of the code where the last report saw it there', async () => {
    const { look } = await stack();
    const held = state({ visibility_timeout_seconds: 600 });
    expect(await look({ 'main.tf': queue('name = "jobs"\nvisibility_timeout_seconds = 600'), 'terraform.tfstate': held })).toEqual([]);

    expect(await look({ 'main.tf': queue('name = "jobs"'), 'terraform.tfstate': held })).toEqual(['aws_sqs_queue.q modified not_applied visibility_timeout_seconds']);
  });

  test('is no drift at its default, where the provider may choose it, where it is ignored, or where nobody knows', async () => {
    const { look } = await stack('forgotten');
    const db = (attributes: object): string => stateOf({ 'aws_db_instance.d': { identifier: 'd', multi_az: true, publicly_accessible: true, custom_argument: 'x', monitoring_interval: '0', ...attributes } });
    const code = (body: string): string => `resource "aws_db_instance" "d" {\n  identifier = "d"\n${body}\n}\n`;

    expect(await look({ 'main.tf': code(''), 'terraform.tfstate': db({}) })).toEqual(['aws_db_instance.d modified unknown publicly_accessible']);
    expect(await look({ 'main.tf': code('lifecycle {\n ignore_changes = [publicly_accessible]\n}'), 'terraform.tfstate': db({}) })).toEqual([]);
    expect(await look({ 'main.tf': code('publicly_accessible = var.unknown\n}\nvariable "unknown" {'), 'terraform.tfstate': db({}) })).toEqual([]);
    expect(await look({ 'main.tf': code(''), 'terraform.tfstate': db({ publicly_accessible: false }) })).toEqual([]);
  });

  test('tags that are gone from the code are drift, by whole map or by key', async () => {
    const { look } = await stack('forgotten');

    expect(await look({ 'main.tf': queue('name = "jobs"'), 'terraform.tfstate': state({ tags: { team: 'x' } }) })).toEqual(['aws_sqs_queue.q modified unknown tags.team']);
    expect(await look({ 'main.tf': queue('name = "jobs"\ntags = { a = "b" }'), 'terraform.tfstate': state({ tags: { team: 'x', a: 'b' } }) })).toEqual(['aws_sqs_queue.q modified unknown tags.team']);
  });
});

describe('ignore_changes and moves in the code', () => {
  test('what the code declares irrelevant is not compared, and `all` is everything', async () => {
    const { look } = await stack('forgotten');
    const ignoring = (what: string): string => queue(`name = "jobs"\ndelay_seconds = 0\nlifecycle {\n  ignore_changes = ${what}\n}`);
    const held = state({ delay_seconds: 9 });

    expect(await look({ 'main.tf': ignoring('[delay_seconds]'), 'terraform.tfstate': held })).toEqual([]);
    expect(await look({ 'main.tf': ignoring('all') })).toEqual([]);
    expect(await look({ 'main.tf': ignoring('[tags]') })).toEqual(['aws_sqs_queue.q modified unknown delay_seconds']);
  });

  test('a moved block leads to the record under the old address', async () => {
    const { look } = await stack('forgotten');

    expect(await look({ 'main.tf': `resource "aws_sqs_queue" "new" {\n  name = "jobs"\n}\nmoved {\n  from = aws_sqs_queue.q\n  to   = aws_sqs_queue.new\n}\n`, 'terraform.tfstate': state({}) })).toEqual(['noise: aws_sqs_queue.new moved not_applied']);
  });
});
