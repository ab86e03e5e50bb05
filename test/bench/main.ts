/** Runs one bench: `npm run bench -- NAME [OPTIONS]`. Each compares what we do with bare limits, all in the same run. */
const benches = {
  classify: () => import('./classify.ts').then(({ benchClassify }) => benchClassify),
  sandbox: () => import('./sandbox.ts').then(({ benchSandbox }) => benchSandbox),
  escapes: () => import('./escapes.ts').then(({ benchEscapes }) => benchEscapes),
  diff: () => import('./diff.ts').then(({ benchDiff }) => benchDiff),
  folder: () => import('./folder.ts').then(({ benchFolder }) => benchFolder),
  live: () => import('./live.ts').then(({ benchLive }) => benchLive),
  steps: () => import('./steps.ts').then(({ benchSteps }) => benchSteps),
  scrub: () => import('./scrub.ts').then(({ benchScrub }) => benchScrub),
  fuzz: () => import('./fuzz.ts').then(({ benchFuzz }) => benchFuzz),
  faults: () => import('./faults.ts').then(({ benchFaults }) => benchFaults),
  fleet: () => import('./fleet.ts').then(({ benchFleet }) => benchFleet),
  issue: () => import('./issue.ts').then(({ benchIssue }) => benchIssue),
  'enrol-fuzz': () => import('./enrol-fuzz.ts').then(({ benchEnrolFuzz }) => benchEnrolFuzz),
  ingest: () => import('./ingest.ts').then(({ benchIngest }) => benchIngest),
} as const;

const [name = '', ...args] = process.argv.slice(2);
if (isBench(name)) {
  const bench = await benches[name]();
  await bench(args);
} else {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join('|')}\n`);
  process.exitCode = 1;
}

function isBench(text: string): text is keyof typeof benches {
  return Object.hasOwn(benches, text);
}
