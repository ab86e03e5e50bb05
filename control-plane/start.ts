import { randomBytes, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { classify } from '#risk/classify.ts';
import { createAccess } from './access/access.ts';
import { dialled, httpAddress, serverNames } from './addresses.ts';
import { createKeeper } from './audit/keeper.ts';
import { createTrail } from './audit/trail.ts';
import { keepBegun } from './authority/begun.ts';
import { createAuthorityControl } from './authority/control.ts';
import { canIssue, endsOf, tellOfEnds } from './authority/ends.ts';
import { issuerOf } from './authority/issuer-of.ts';
import { openSeal, openSharedAuthority } from './authority/open.ts';
import { bootstrapAccess } from './bootstrap-access.ts';
import { writeEndpoint } from './config/endpoint.ts';
import type { ServerConfig } from './config/server-arguments.ts';
import { version } from './config/version.ts';
import { openDataFolder } from './data-folder.ts';
import { createDrift } from './drift/drift.ts';
import { getFinding } from './drift/findings.ts';
import { recordReport } from './drift/record-report.ts';
import { getStack } from './drift/stacks.ts';
import { admit, createAgents } from './fleet/agents.ts';
import { createCertificates } from './fleet/certificates.ts';
import { createDrainOrders } from './fleet/drain-orders.ts';
import { createEnrolment } from './fleet/enrolment.ts';
import { generations } from './fleet/generations.ts';
import { createJoinTokens } from './fleet/join-tokens.ts';
import { createAwsAttestor } from './fleet/joining/aws-attestor.ts';
import { createChallenges } from './fleet/joining/challenges.ts';
import { createJoinPolicies } from './fleet/joining/join-policies.ts';
import { createKeySets } from './fleet/joining/key-sets.ts';
import { createKubernetesAttestor } from './fleet/joining/kubernetes-attestor.ts';
import { createLinkSessions } from './fleet/link-sessions.ts';
import { createRecoveries } from './fleet/recoveries.ts';
import { createRecovery } from './fleet/recovery.ts';
import { createRenewal } from './fleet/renewal.ts';
import { createAdoption } from './fleet/restored.ts';
import { createScanOrders } from './fleet/scan-orders.ts';
import { agingSessions } from './grpc/aging.ts';
import { createEnrolmentDoor } from './grpc/enrolment-door.ts';
import { createLiveSessions } from './grpc/live-sessions.ts';
import { createLooks } from './grpc/looks.ts';
import { startPulse } from './grpc/pulse.ts';
import { createRenewalDoor } from './grpc/renewal-door.ts';
import { obeyAnchors } from './grpc/obey-anchors.ts';
import { startGrpcServer } from './grpc/server.ts';
import { createStreamDoor, usualLimits } from './grpc/stream-door.ts';
import { listen } from './http/listen.ts';
import { createMetrics } from './http/metrics.ts';
import { createHttpServer } from './http/server.ts';
import { closeHttp, warnOfPlainText } from './http-door.ts';
import { createIngest } from './ingest/ingest.ts';
import { keepServerCertificate } from './keep-server-certificate.ts';
import { countEnrolments, countFacts, countOutcomes } from './measure.ts';
import { openReplica } from './open-replica.ts';
import { openTrailSigner } from './open-trail-signer.ts';
import { readinessChecks } from './readiness.ts';
import { createPrune } from './retention.ts';
import { startRounds } from './rounds.ts';
import { createRunbooks } from './runbook/runbooks.ts';
import { createScanNow } from './scan-now.ts';
import { openDatabase } from './store/open-database.ts';

/** A running server. */
export interface ControlPlane {
  /** What the ready line says. */
  readonly ready: { readonly http: string; readonly grpc: string; readonly enroll: string; readonly caPin: string; readonly data: string };
  /** Answers what is under way, sends agents away to come back later, and gives the data folder up. */
  stop(): Promise<void>;
}

/** Long enough for a request or a commit that is under way, short enough for a supervisor that waits. */
const graceMs = 5_000;

/** How long a call may go on over a connection that is too old, before it is cut. */
const connectionGraceMs = 60_000;

/** How often the heartbeats of all streams are written down. */
const pulseMs = 5_000;

/** How often it is looked for steps of which nothing was heard in time. */
const sweepMs = 5_000;

/** How often what is too old is looked for. */
const pruneMs = 3_600_000;

/** How soon a replica sees that another has changed the authority. */
const refreshMs = 2_000;

/** How often it is told that something of the authority runs out. */
const tellEndsMs = 24 * 60 * 60_000;

/** How often it is looked whether this server's own certificate is due. */
const certificateMs = 60_000;

/** How soon what happened stands in the audit trail, and how often its signed head goes to the log. */
const keepMs = 1_000;
const signEveryMs = 10 * 60_000;

/**
 * Puts the control plane together and opens its doors; this is the one place that knows every part.
 * @throws Fault, with everything that had been opened closed again.
 */
export async function startControlPlane(config: ServerConfig, log: Logger): Promise<ControlPlane> {
  const opened = new AsyncDisposableStack();
  try {
    return await open(config, log, opened);
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

async function open(config: ServerConfig, log: Logger, opened: AsyncDisposableStack): Promise<ControlPlane> {
  const clock = Date.now;
  const newId = randomUUID;
  const random = randomBytes;
  const folder = openDataFolder(config.data);

  const db = await openDatabase({
    url: config.databaseUrl ?? undefined,
    dataDir: config.data,
    onIdleError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });
  opened.defer(() => db.close());
  const access = createAccess({ db, clock: () => new Date(clock()), newId, random });
  await bootstrapAccess(access, folder, config, log);

  const live = agingSessions(createLiveSessions(), { maxAgeMs: config.maxConnectionAgeMs, random: Math.random });
  const { replica, reach } = await openReplica({ db, databaseUrl: config.databaseUrl, live, look: (session) => look(session), newId, log, opened });
  const keeper = await openSharedAuthority({ db, data: config.data, sealKey: config.sealKey, clock, random, log });
  opened.defer(startRounds(() => keeper.refresh(), refreshMs));
  tellOfEnds(keeper, clock(), log);
  opened.defer(startRounds(async () => tellOfEnds(keeper, clock(), log), tellEndsMs));
  const begun = (): Promise<void> => keepBegun({ keeper, tenants: () => access.tenants(), clock, random, log });
  await begun();
  const { issuer, anchors } = issuerOf(keeper);
  const certificates = createCertificates({ db, clock, cut: reach.cut });
  const shown = await keepServerCertificate({ keeper, hosts: serverNames(config), record: (own) => certificates.recordOwn(own), clock, log });
  opened.defer(startRounds(async () => {
    await begun();
    await shown.round();
  }, certificateMs));

  const seal = await openSeal({ data: config.data, sealKey: config.sealKey, random });
  const signer = await openTrailSigner({ db, data: config.data, name: anchors.trustDomain, seal, clock, log });
  const trailKeeper = createKeeper({ db, signer, clock, log, signEveryMs });
  opened.defer(startRounds(() => trailKeeper.round(), keepMs));

  const metrics = createMetrics({ version, connectedAgents: () => live.size, authorityEnds: () => endsOf(keeper) });
  const drift = createDrift(db);
  const book = createScanOrders({ newId, clock });
  const runbooks = createRunbooks({
    db,
    classify,
    drift: { getFinding, getStack },
    admit,
    rescan: async (tx, agent, stack) => (await book.request(tx, agent, { stacks: [stack] })).id,
    wake: reach.wake,
    tenants: () => access.tenants(),
    log,
    clock,
    newId,
    random,
  });
  opened.defer(startRounds(() => runbooks.sweep(), sweepMs));
  opened.defer(startRounds(() => runbooks.checkOutput(), sweepMs));
  opened.defer(startRounds(createPrune({ db, keep: config.keep, tenants: () => access.tenants(), clock, log }), pruneMs));
  const sessions = createLinkSessions({ db, clock, orders: [book, runbooks.orders, createDrainOrders(clock)], generations, claim: (tx, some) => ingest.claimWithin(tx, some), replica: () => replica.id });
  const look = createLooks({ sessions, log });
  const agents = createAgents({ db, cut: reach.cut, wake: reach.wake, newId, clock });
  const ingest = createIngest({ db, recordReport, steps: { record: runbooks.recordFacts, committed: runbooks.committed }, clock, log, onOutcome: countOutcomes(metrics) });
  const challenges = createChallenges({ db, clock, random });
  const attestors = [
    createAwsAttestor({ clock, endpoint: config.stsEndpoint ?? undefined }),
    createKubernetesAttestor({ clock, keySets: createKeySets(() => performance.now()) }),
  ];
  const enrolment = countEnrolments(createEnrolment({ db, issuer, challenges, attestors, clock, newId }), metrics);

  const adopt = createAdoption({ db, restoredAt: () => keeper.document.restoredAt, clock });
  const stopPulse = startPulse({ sessions, live, log, intervalMs: pulseMs });
  opened.defer(stopPulse);
  const grpc = await startGrpcServer({
    streamAddress: writeEndpoint(config.grpc),
    enrolAddress: writeEndpoint(config.enroll),
    tls: shown.first,
    serveStream: createStreamDoor({ anchors, adopt, sessions, ingest: countFacts(ingest, metrics), live, look, reach, clock, log, limits: usualLimits }),
    serveRenewal: createRenewalDoor({
      renewal: createRenewal({ db, issuer, generations, clock }),
      anchors,
      adopt,
      cut: reach.cut,
      clock,
      log,
    }),
    enrolment: createEnrolmentDoor({ enrolment, challenges, recovery: createRecovery({ db, issuer, challenges, generations, cut: reach.cut, clock, newId }), clock, log, streamAddress: () => dialled(config.advertise, grpc.streamAddress) }),
    live,
    age: { maxAgeMs: config.maxConnectionAgeMs, graceMs: connectionGraceMs },
    log,
  });
  shown.onRenewed((tls) => grpc.renewTls(tls));
  keeper.onChange(() => obeyAnchors(live, anchors));
  let listening = true;
  opened.defer(() => {
    listening = false;
    return grpc.stop(graceMs);
  });
  const enrolAddress = dialled(config.advertise, grpc.enrolAddress);

  const http = await createHttpServer({
    log,
    version,
    gatekeeper: access,
    drift,
    fleet: { ...agents, ...certificates, ...createJoinTokens({ db, caPin: () => keeper.authority.pin, enrolAddress: () => enrolAddress, clock, newId, random }) },
    joins: createJoinPolicies({ db, caPin: () => keeper.authority.pin, enrolAddress: () => enrolAddress, clock, newId }),
    recoveries: createRecoveries({ db, clock }),
    orders: createScanNow({ db, drift, agents, book, reach }),
    apiTokens: access,
    trail: createTrail({ db, signer, clock }),
    authority: createAuthorityControl({ keeper, db, tenants: () => access.tenants(), data: config.data, clock, random }),
    runbooks: runbooks.use,
    checks: readinessChecks({ db, isListening: () => listening, canIssue: () => canIssue(keeper, clock()) }),
    metrics,
    requestsPerSecond: config.httpRate,
    clock,
    now: () => performance.now(),
    newId,
  });
  opened.defer(() => closeHttp(http, graceMs));
  const httpPort = await listen(http, config.http);
  warnOfPlainText(config.http, log);

  const address = httpAddress({ host: config.http.host, port: httpPort });
  opened.defer(() => folder.removeNotice());
  await folder.writeNotice({ http: address, pid: process.pid });
  const ready = {
    http: address,
    grpc: dialled(config.advertise, grpc.streamAddress),
    enroll: enrolAddress,
    caPin: keeper.authority.pin,
    data: config.data,
  };
  log.info({ ...ready, version, database: db.kind }, 'ready');
  return { ready, stop: () => opened.disposeAsync() };
}
