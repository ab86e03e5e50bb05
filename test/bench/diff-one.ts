import { readFile } from 'node:fs/promises';
import { createDiff } from '#agent/diff/diff.ts';
import { createHasher } from '#agent/diff/recollection.ts';
import { createChain } from '#agent/normalise/chain.ts';
import { rules } from '#agent/normalise/rules.ts';
import { createJudge } from '#agent/severity/judge.ts';
import { severityRules } from '#agent/severity/rules.ts';
import { byName } from '#agent/severity/rules/by-name.ts';
import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';

/** One measurement in a process of its own: `node test/bench/diff-one.ts parse|compare BEFORE AFTER` prints a line of JSON. */
const [what = '', before = '', after = ''] = process.argv.slice(2);
const found = await (what === 'compare' ? compare() : parse());
process.stdout.write(`${JSON.stringify({ ...found, rssMiB: process.resourceUsage().maxRSS / 1024 })}\n`);

/** The limit: JSON.parse of the text of the one file, and then of the other. */
async function parse(): Promise<{ ms: number; cpuMs: number; findings: number }> {
  let ms = 0;
  let cpuMs = 0;
  for (const file of [before, after]) {
    const text = await readFile(file, 'utf8');
    const [from, cpu] = [performance.now(), process.cpuUsage()];
    JSON.parse(text);
    ms += performance.now() - from;
    const spent = process.cpuUsage(cpu);
    cpuMs += (spent.user + spent.system) / 1_000;
  }
  return { ms, cpuMs, findings: 0 };
}

/** The comparison alone, of two states that were parsed before. */
async function compare(): Promise<{ ms: number; cpuMs?: number; findings: number }> {
  const [old, young] = [resources(await readFile(before, 'utf8')), resources(await readFile(after, 'utf8'))];
  const diff = createDiff({ stackId: 'bench', normaliser: createChain(rules), hasher: createHasher(new Uint8Array(32)), recall: () => null });
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
