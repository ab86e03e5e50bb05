/**
 * Who may import whom. Each rule says why it stands; `test/unit/borders.test.ts` plants a violation and sees it caught,
 * because a cruise that reads no modules passes silently.
 */
const ours = '^(agent|ca|control-plane|demo|proto|risk|sandbox|secrets|test)/';

/** Files under `path` may import those under `may`, and nothing else of ours. */
const leaf = (name, path, may, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path },
  to: { path: ours, pathNot: may },
});

export default {
  forbidden: [
    {
      name: 'agent-and-plane-meet-only-in-proto',
      severity: 'error',
      comment: 'They are released apart; what both know belongs in proto/.',
      from: { path: '^(agent|control-plane)/' },
      to: { path: '^(agent|control-plane)/', pathNot: '^$1/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle means two files that are one thing, or a port that is missing.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-imports-test-or-demo',
      severity: 'error',
      comment: 'They are clients of the product, never parts of it.',
      from: { pathNot: '^(test|demo)/' },
      to: { path: '^(test|demo)/' },
    },
    leaf('domain-imports-nothing', '^proto/domain/', '^proto/domain/', 'The words both programs say must not depend on how they travel.'),
    leaf('codec-is-the-only-translator', '^proto/codec/', '^proto/(codec|domain|gen)/', 'domain <-> gen, and nothing else.'),
    leaf('link-knows-only-the-domain', '^proto/link/', '^proto/(link|domain)/', 'Stream rules are pure; both ends obey the same.'),
    {
      name: 'only-codec-reads-gen',
      severity: 'error',
      comment: 'Generated types are the wire; the rest of the house speaks the domain.',
      from: { pathNot: '^proto/(codec|gen)/' },
      to: { path: '^proto/gen/' },
    },
    leaf('ca-is-a-leaf', '^ca/', '^(ca|proto/domain)/', 'It declares the ports it needs; a main.ts supplies them.'),
    leaf('sandbox-is-a-leaf', '^sandbox/', '^(sandbox|proto/domain)/', 'It declares the ports it needs; a main.ts supplies them.'),
    leaf('secrets-is-a-leaf', '^secrets/', '^(secrets|proto/domain)/', 'Both programs use it, so it may know neither.'),
    leaf('risk-is-a-leaf', '^risk/', '^(risk|proto/domain)/', 'Both programs use it, so it may know neither.'),
    leaf('stages-do-not-know-one-another', '^agent/(scan|normalise|diff|severity|ignore|memory|spool)/', '^(agent/$1|proto/domain)/', 'The pipeline alone puts the stages together.'),
    leaf('scrub-reads-secrets', '^agent/scrub/', '^(agent/scrub|proto/domain|secrets)/', 'The scrubber is the sole maker of Scrubbed<T>.'),
    {
      name: 'scanners-do-not-know-one-another',
      severity: 'error',
      comment: 'A new kind is a new folder and one line in the registry.',
      from: { path: '^agent/scan/([^/]+)/' },
      to: { path: '^agent/scan/([^/]+)/', pathNot: '^agent/scan/($1|source)/' },
    },
    leaf('uplink-carries', '^agent/uplink/', '^(agent/(uplink|spool|identity|dial)|proto/(domain|codec|link))/', 'spool <-> stream; it neither scans nor decides.'),
    leaf('steps-know-no-link', '^agent/runbook/', '^(agent/(runbook|scrub)|proto/domain|risk|sandbox)/', 'An order is judged and run the same however it came; spool and uplink are wired in agent/cli/run.'),
    leaf('dial-knows-the-way', '^agent/dial/', '^(agent/dial|proto/domain)/', 'Proxies and TLS on the way out, whoever goes it.'),
    leaf('identity-keeps-keys', '^agent/identity/', '^(agent/(identity|dial)|proto/(domain|codec)|ca/(x509|keys))/', 'Keys and certificates of this host, and enrolment.'),
    {
      name: 'features-meet-by-type',
      severity: 'error',
      comment: 'Features share the store and types; main.ts wires them.',
      from: { path: '^control-plane/(fleet|drift|access|ingest|runbook|notify|audit)/' },
      to: {
        path: ours,
        pathNot: '^(control-plane/($1|store)|proto/domain|secrets|risk)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    leaf('authority-runs-the-ca', '^control-plane/authority/', '^(control-plane/(authority|store)|ca|proto/domain)/', 'The one feature that knows the ca; others are given what issues.'),
    leaf('doors-are-thin', '^control-plane/(grpc|http)/', '^(control-plane/(grpc|http|admission|authority|fleet|drift|access|ingest|runbook|notify|audit)|proto/(domain|codec|link))/', 'Decode, authorise, call, encode.'),
    leaf('store-knows-no-feature', '^control-plane/store/', '^(control-plane/store|proto/domain)/', 'Repositories live with their feature.'),
    leaf('operator-cli-speaks-http', '^control-plane/cli/', '^(control-plane/(cli|config|audit/proof)|proto/domain)/', 'The CLI is a client of the HTTP door, like anybody else; it verifies what anybody can verify.'),
    leaf('proof-needs-nothing', '^control-plane/audit/proof/', '^(control-plane/audit/proof|proto/domain)/', 'What an outsider verifies needs neither server nor database.'),
    {
      name: 'children-are-started-in-known-places',
      severity: 'error',
      comment: 'A power has an address: what starts programs is listed here.',
      from: { pathNot: '^(sandbox/drivers|agent/scan/[^/]+/(live|cli)|agent/executable|proto/generate|demo|test)' },
      to: { path: '^(node:)?child_process$|node_modules/execa' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
