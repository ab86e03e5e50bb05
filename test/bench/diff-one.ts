import { readFile } from 'node:fs/promises';
import { createDiff } from '#agent/diff/diff.ts';
import { createHasher } from '#agent/diff/recollection.ts';
import { noMemory } from '#agent/memory/memory.ts';
import { createChain } from '#agent/normalise/chain.ts';
import { rules } from '#agent/normalise/rules.ts';
import { scanAll } from '#agent/scan-all.ts';
import { createTerraformScanner } from '#agent/scan/terraform/terraform-scanner.ts';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import { createJudge } from '#agent/severity/judge.ts';
import { severityRules } from '#agent/severity/rules.ts';
import { byName } from '#agent/severity/rules/by-name.ts';
import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';

/** One measurement in a process of its own: `node test/bench/diff-one.ts parse|compare|scan BEFORE AFTER` prints a line of JSON. */
const [what = '', before = '', after = ''] = process.argv.slice(2);
const key = new Uint8Array(32);
const begun = performance.now();
const found = what === 'scan' ? await scan() : await (what === 'compare' ? compare() : parse());
process.stdout.write(`${JSON.stringify({ ms: found.ms ?? performance.now() - begun, findings: found.findings, rssMiB: process.resourceUsage().maxRSS / 1024 })}\n`);

/** The limit: reading one file and nothing but JSON.parse of it. */
async function parse(): Promise<{ ms?: number; findings: number }> {
  const text = await readFile(after, 'utf8');
  const from = performance.now();
  JSON.parse(text);
  return { ms: performance.now() - from, findings: 0 };
}

/** The comparison alone, of two states that were parsed before. */
async function compare(): Promise<{ ms?: number; findings: number }> {
  const [old, young] = [resources(await readFile(before, 'utf8')), resources(await readFile(after, 'utf8'))];
  const diff = createDiff({ stackId: 'bench', normaliser: createChain(rules), hasher: createHasher(key), recall: () => null });
  const judge = createJudge(severityRules, byName);
  const from = performance.now();
  let findings = 0;
  for (const [index, { address, type, values }] of young.entries()) {
    const recorded = { values: old[index]?.values ?? {}, sensitive: [], unknown: [], partial: false };
    const { comparison } = diff({ address, type, provider: null, id: null, movedFrom: null, ignored: [], sides: { recorded, live: { ...recorded, values } } });
    if (comparison === null) continue;
    judge.judge(comparison.finding, comparison.differences);
    findings += comparison.finding.noise ? 0 : 1;
  }
  return { ms: performance.now() - from, findings };
}

/** Everything: finding, reading and parsing both files, comparing, judging, scrubbing. */
async function scan(): Promise<{ ms?: number; findings: number }> {
  const stages = { normaliser: createChain(rules), judge: createJudge(severityRules, byName), scrubber: () => createScrubber({ key }), hasher: createHasher(key), memory: noMemory, now: () => new Date(0) };
  const options = { against: { side: 'file', path: before }, timeoutMs: 600_000, env: {} } as const;
  let findings = 0;
  for await (const event of scanAll([after], { scanners: [createTerraformScanner()], options, stages }, AbortSignal.timeout(600_000))) {
    if (event.kind === 'report') findings += event.report.findings.filter(({ noise }) => !noise).length;
  }
  return { findings };
}

function resources(text: string): readonly { address: string; type: string; values: JsonObject }[] {
  // The bench's own file.
  const state = JSON.parse(text) as JsonObject;
  const blocks = isList(state['resources']) ? state['resources'].filter(isObject) : [];
  return blocks.map((block) => ({ address: `${textOf(block['type'])}.${textOf(block['name'])}`, type: textOf(block['type']), values: attributesOf(block) }));
}

function attributesOf({ instances }: JsonObject): JsonObject {
  const instance = isList(instances) ? instances[0] : null;
  const attributes = isObject(instance) ? instance['attributes'] : null;
  return isObject(attributes) ? attributes : {};
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
