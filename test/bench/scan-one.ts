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

/**
 * One whole scan in a process of its own, from the files on disk to the scrubbed report: `node test/bench/scan-one.ts
 * PATH live|best|FILE` prints a line of JSON. The clock starts when the code is loaded.
 */
const [path = '', against = 'best'] = process.argv.slice(2);
const key = new Uint8Array(32);
const begun = performance.now();
const cpuBefore = process.cpuUsage();
const stages = { normaliser: createChain(rules), judge: createJudge(severityRules, byName), scrubber: () => createScrubber({ key }), hasher: createHasher(key), memory: noMemory, now: () => new Date(0) };
const side = against === 'live' || against === 'best' ? ({ side: against } as const) : ({ side: 'file', path: against } as const);
let findings = 0;
let checked = 0;
for await (const event of scanAll([path], { scanners: [createTerraformScanner()], options: { against: side, timeoutMs: 600_000, env: process.env }, stages }, AbortSignal.timeout(600_000))) {
  if (event.kind !== 'report') continue;
  if (event.report.error !== null) throw new Error(event.report.error.message);
  findings += event.report.findings.filter(({ noise }) => !noise).length;
  checked += event.report.ledger.checked;
}
const cpu = process.cpuUsage(cpuBefore);
process.stdout.write(`${JSON.stringify({ ms: performance.now() - begun, cpuMs: (cpu.user + cpu.system) / 1_000, findings, checked, rssMiB: process.resourceUsage().maxRSS / 1024 })}\n`);
