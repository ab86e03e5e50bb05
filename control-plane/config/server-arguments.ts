import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { parseDuration } from './duration.ts';
import type { Environment } from './environment.ts';
import { type Endpoint, isWildcard, parseEndpoint } from './endpoint.ts';
import { version } from './version.ts';

/** What the server program was asked to be. */
export interface ServerConfig {
  /** An absolute path: database, keys, admin token. */
  readonly data: string;
  readonly http: Endpoint;
  readonly grpc: Endpoint;
  readonly enroll: Endpoint;
  /** The name under which agents reach the stream and the enrolment door; the server's certificate bears it. */
  readonly advertise: string;
  /** Postgres, or null for the embedded database. It holds a password: never logged. */
  readonly databaseUrl: string | null;
  /** An absolute path: the key that seals the certificate authority, or null for the one in the data folder. */
  readonly sealKey: string | null;
  readonly logLevel: LogLevel;
  /** Requests a second that one address may make of the HTTP door. */
  readonly httpRate: number;
  /** How old an agent's connection may become before it is asked to come back. */
  readonly maxConnectionAgeMs: number;
  /** For how many days what is kept; 0 is for ever. */
  readonly keep: { readonly outputDays: number; readonly executionDays: number; readonly reportDays: number };
  /** Where AWS STS is asked in the place of AWS, or null. */
  readonly stsEndpoint: URL | null;
  /** Whether to write another administrator's token, for when all were lost. */
  readonly newAdminToken: boolean;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Either a server to start, or a text (help, version) to print. */
export type ServerCommand = { readonly kind: 'start'; readonly config: ServerConfig } | { readonly kind: 'tell'; readonly text: string };

const days = z.coerce.number().int().min(0).max(36_500);

/** Beyond it a connection outlives whatever the way to the server was made for. */
const maxAgeMs = 7 * 24 * 3_600_000;

const Options = z.object({
  data: z.string().min(1),
  http: z.string(),
  grpc: z.string(),
  enroll: z.string(),
  advertise: z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/, 'a host name or an address, without a port').optional(),
  databaseUrl: z.string().regex(/^postgres(ql)?:\/\//, 'a URL that begins with postgres://').optional(),
  sealKey: z.string().min(1).optional(),
  logLevel: z.enum(logLevels),
  httpRate: z.coerce.number().int().min(1).max(1_000_000),
  maxConnectionAge: z.string().transform((text) => parseDuration(text, '--max-connection-age') * 1_000).pipe(z.number().min(1_000, 'a second at least').max(maxAgeMs, 'seven days at most')),
  keepOutput: days,
  keepExecutions: days,
  keepReports: days,
  stsEndpoint: z.string().refine(isSafeEndpoint, 'a URL with https://, or http:// on this machine').optional(),
  newAdminToken: z.boolean().default(false),
});

/** What answers there says who may join. */
function isSafeEndpoint(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname));
}

/**
 * Reads the command line over the environment over the defaults.
 * @throws Fault `usage`, naming what is wrong with which option.
 */
export function readServerArguments(argv: readonly string[], env: Environment): ServerCommand {
  let told = '';
  const program = describe((text) => (told += text));
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'tell', text: told };
    throw new Fault('usage', { reason: error.message.replace(/^error: /, '').replaceAll('\n', ' ').replaceAll(/=[^'\s]*/g, '=…') });
  }
  const given = Options.safeParse({ ...defaults, ...fromEnvironment(env), ...program.opts() });
  if (!given.success) throw new Fault('usage', firstIssue(given.error));
  return { kind: 'start', config: toConfig(given.data) };
}

const defaults = {
  data: '.dd0c',
  http: '127.0.0.1:7330',
  grpc: '127.0.0.1:7331',
  enroll: '127.0.0.1:7332',
  logLevel: 'info',
  httpRate: '500',
  maxConnectionAge: '12h',
  keepOutput: '90',
  keepExecutions: '400',
  keepReports: '400',
};

const variables = {
  data: 'DD0C_DATA',
  http: 'DD0C_HTTP',
  grpc: 'DD0C_GRPC',
  enroll: 'DD0C_ENROLL',
  advertise: 'DD0C_ADVERTISE',
  databaseUrl: 'DD0C_DATABASE_URL',
  sealKey: 'DD0C_SEAL_KEY_FILE',
  logLevel: 'DD0C_LOG_LEVEL',
  httpRate: 'DD0C_HTTP_RATE',
  maxConnectionAge: 'DD0C_MAX_CONNECTION_AGE',
  keepOutput: 'DD0C_KEEP_OUTPUT',
  keepExecutions: 'DD0C_KEEP_EXECUTIONS',
  keepReports: 'DD0C_KEEP_REPORTS',
  stsEndpoint: 'DD0C_STS_ENDPOINT',
} as const;

function describe(tell: (text: string) => void): Command {
  return new Command('dd0c-server')
    .description('The control plane of dd0c: enrols agents, takes their findings in, answers over HTTP.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .option('--data <dir>', `where everything is kept (${variables.data}; default ${defaults.data})`)
    .option('--http <host:port>', `HTTP API (${variables.http}; default ${defaults.http})`)
    .option('--grpc <host:port>', `stream of the agents, mutual TLS (${variables.grpc}; default ${defaults.grpc})`)
    .option('--enroll <host:port>', `enrolment of the agents, TLS (${variables.enroll}; default ${defaults.enroll})`)
    .option('--advertise <host>', `name by which agents reach this machine (${variables.advertise}; default: the host of --grpc, or the host name where that is every interface)`)
    .option('--database-url <url>', `Postgres; better given as ${variables.databaseUrl}, where other users cannot see it (default: the embedded database)`)
    .option('--seal-key <file>', `file of the key that seals the certificate authority in the database, the same for all replicas (${variables.sealKey}; default: ca/seal.key in the data folder)`)
    .option('--log-level <level>', `${logLevels.join(', ')} (${variables.logLevel}; default ${defaults.logLevel})`)
    .option('--http-rate <n>', `requests a second that one address may make (${variables.httpRate}; default ${defaults.httpRate})`)
    .option('--max-connection-age <duration>', `after which an agent is asked to connect anew, give or take a tenth, so that load spreads over replicas (${variables.maxConnectionAge}; default ${defaults.maxConnectionAge})`)
    .option('--keep-output <days>', `what steps wrote, after their execution has ended; 0 for ever (${variables.keepOutput}; default ${defaults.keepOutput})`)
    .option('--keep-executions <days>', `executions that have ended; 0 for ever (${variables.keepExecutions}; default ${defaults.keepExecutions})`)
    .option('--keep-reports <days>', `reports that no finding rests on; 0 for ever (${variables.keepReports}; default ${defaults.keepReports})`)
    .option('--sts-endpoint <url>', `where AWS STS is asked who a joining host is (${variables.stsEndpoint}; default: that of the host's region)`)
    .option('--new-admin-token', 'write another administrator’s token into the data folder, for when all were lost')
    .addHelpText('after', '\nPort 0 takes any free one. The ready line on standard output says which; logs go to standard error.')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: tell, writeErr: () => {} });
}

function fromEnvironment(env: Environment): Record<string, string> {
  const set = Object.entries(variables).map(([option, variable]) => [option, env[variable]] as const);
  return Object.fromEntries(set.flatMap(([option, value]) => (value === undefined ? [] : [[option, value]])));
}

function toConfig(given: z.infer<typeof Options>): ServerConfig {
  const grpc = parseEndpoint(given.grpc, '--grpc');
  return {
    data: resolve(given.data),
    http: parseEndpoint(given.http, '--http'),
    grpc,
    enroll: parseEndpoint(given.enroll, '--enroll'),
    advertise: given.advertise ?? (isWildcard(grpc.host) ? hostname() : grpc.host),
    databaseUrl: given.databaseUrl ?? null,
    sealKey: given.sealKey === undefined ? null : resolve(given.sealKey),
    logLevel: given.logLevel,
    httpRate: given.httpRate,
    maxConnectionAgeMs: given.maxConnectionAge,
    keep: { outputDays: given.keepOutput, executionDays: given.keepExecutions, reportDays: given.keepReports },
    stsEndpoint: given.stsEndpoint === undefined ? null : new URL(given.stsEndpoint),
    newAdminToken: given.newAdminToken,
  };
}

function firstIssue(error: z.ZodError): { option: string; reason: string } {
  const issue = error.issues[0];
  const name = String(issue?.path[0] ?? '');
  return { option: `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, reason: issue?.message ?? '' };
}
