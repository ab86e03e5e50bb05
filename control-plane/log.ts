import { type DestinationStream, type Logger, pino } from 'pino';
import { Fault } from '#proto/domain/fault.ts';
import type { LogLevel } from './config/server-arguments.ts';

/** Fields that hold secrets wherever they appear: written as `[secret]`, should anybody log them by mistake. */
const secrets = ['authorization', 'token', 'joinToken', 'adminToken', 'databaseUrl', 'password', 'privateKey'];

/**
 * JSON lines: a constant message and fields. Errors are told with their causes. What was thrown on purpose needs no
 * stack; a bug comes with one, and at `debug` and below everything does.
 */
export function createLog(level: LogLevel, destination: DestinationStream): Logger {
  const wantsStacks = level === 'debug' || level === 'trace';
  const error = (thrown: unknown): unknown => (thrown instanceof Error ? tell(thrown, wantsStacks || !(thrown instanceof Fault)) : thrown);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: error, error },
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
    },
    destination,
  );
}

/** A chain of causes cannot be longer than this: one that refers to itself would never end. */
const maxCauses = 5;

interface ToldError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ToldError;
}

function tell(error: Error, wantsStacks: boolean, depth = 0): ToldError {
  const { cause, stack } = error;
  return {
    type: error.name,
    message: withoutCredentials(error.message),
    ...('code' in error && { code: String(error.code) }),
    ...(wantsStacks && stack !== undefined && { stack: withoutCredentials(stack) }),
    ...(cause instanceof Error && depth < maxCauses && { cause: tell(cause, wantsStacks, depth + 1) }),
  };
}

/** Drivers like to quote the address that they could not reach, password and all. */
function withoutCredentials(text: string): string {
  return text.replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1…@');
}
