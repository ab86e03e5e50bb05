import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { noBed, openBeds } from '#test/harness/sandbox-bed/bed.ts';
import { readCases, type Verdict, type Way } from '#test/harness/sandbox-bed/case.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * Runs a corpus of escape scripts through `dd0c-agent sandbox run`, each in a bed of its own:
 * `npm run bench -- escapes --corpus FILE [--tier 1,2] [--as root,user] [--launcher warm] [--only ID,…] [--beds N] [--executable FILE] [--verbose]`.
 */
export async function benchEscapes(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { corpus: { type: 'string' }, tier: { type: 'string', default: '1,2' }, as: { type: 'string', default: 'root,user' }, launcher: { type: 'string', default: 'cold' }, only: { type: 'string' }, beds: { type: 'string', default: String(Math.max(1, cpus().length)) }, executable: { type: 'string' }, verbose: { type: 'boolean', default: false } },
  });
  if (noBed !== null) throw new Error(`cannot run here: ${noBed}`);
  const corpus = values.corpus ?? process.env['DD0C_ESCAPES'];
  const cases = corpus === undefined ? null : readCases(corpus);
  if (cases === null) throw new Error('name the file with --corpus or in DD0C_ESCAPES');
  const only = values.only?.split(',');
  const chosen = cases.filter(({ id }) => only === undefined || only.includes(id));

  let through = 0;
  for (const tier of values.tier.split(',')) {
    for (const as of values.as.split(',')) {
      const way: Way = { tier: tier === '1' ? 1 : 2, as: as === 'root' ? 'root' : 'user', launcher: values.launcher === 'warm' ? 'warm' : 'cold' };
      const verdicts = await runAll(chosen, way, { beds: Number(values.beds), executable: values.executable ?? null });
      tell(verdicts, way, values.verbose);
      through += verdicts.filter(({ state }) => state === 'failed').length;
    }
  }
  if (through > 0) process.exitCode = 1;
}

async function runAll(cases: NonNullable<ReturnType<typeof readCases>>, way: Way, { beds, executable }: { readonly beds: number; readonly executable: string | null }): Promise<readonly Verdict[]> {
  const made = openBeds(executable);
  const waiting = [...cases];
  const verdicts: Verdict[] = [];
  await Promise.all(Array.from({ length: beds }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const verdict = await made.run(next, way);
      verdicts.push(verdict);
      if (verdict.state === 'failed') process.stderr.write(`  through: ${verdict.id}: ${verdict.reasons.join(' | ')}\n`); // the whole takes minutes
    }
  }));
  made.close();
  return verdicts;
}

function tell(verdicts: readonly Verdict[], { tier, as, launcher }: Way, verbose: boolean): void {
  const count = (among: readonly Verdict[], state: Verdict['state']): number => among.filter((one) => one.state === state).length;
  say(`\ntier ${tier}, the agent as ${as}, ${launcher ?? 'cold'}`);
  say('| category | held | through | not run |\n|---|---|---|---|');
  for (const category of [...new Set(verdicts.map((one) => one.category))].sort()) {
    const among = verdicts.filter((one) => one.category === category);
    say(`| ${category} | ${count(among, 'passed')} | ${count(among, 'failed')} | ${count(among, 'skipped')} |`);
  }
  say(`| all | ${count(verdicts, 'passed')} | ${count(verdicts, 'failed')} | ${count(verdicts, 'skipped')} |`);
  for (const { id, state, reasons, said } of verdicts) {
    if (state !== 'passed') say(`  ${state}: ${id}: ${reasons.join(' | ')}`);
    if (verbose && said !== undefined) say(said.replaceAll(/^/gm, '      '));
  }
}
