#!/usr/bin/env node
import { destination } from 'pino';
import { keepMemoryPrivate } from '#ca/keys/private-memory.ts';
import { asFault, type Fault } from '#proto/domain/fault.ts';
import { environment } from './config/environment.ts';
import { readServerArguments, type ServerCommand } from './config/server-arguments.ts';
import { endOnBugs, onEnd } from './lifecycle.ts';
import { createLog } from './log.ts';
import type { ControlPlane } from './start.ts';

/** Standard error, written at once: the last line before an end is the one that is needed. */
const toStandardError = destination({ dest: 2, sync: true });

keepMemoryPrivate(process);
process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const command = attempt(() => readServerArguments(argv, environment()));
  if (command === null) return 1;
  if (command.kind === 'tell') {
    process.stdout.write(command.text);
    return 0;
  }
  const log = createLog(command.config.logLevel, toStandardError);
  endOnBugs(process, log);
  const asked = Promise.withResolvers<NodeJS.Signals>();
  onEnd(process, asked.resolve);

  let server: ControlPlane;
  try {
    const { startControlPlane } = await import('./start.ts'); // half a second that help and a wrong option need not wait for
    server = await startControlPlane(command.config, log);
  } catch (error) {
    log.debug({ err: error }, 'could not start');
    return complain(asFault(error));
  }
  process.stdout.write(`${JSON.stringify({ ready: true, ...server.ready })}\n`);
  log.info({ signal: await asked.promise }, 'ending');
  await server.stop();
  log.info('ended');
  return 0;
}

function attempt(read: () => ServerCommand): ServerCommand | null {
  try {
    return read();
  } catch (error) {
    complain(asFault(error));
    return null;
  }
}

/** The cause and the next step, for the person who started it. */
function complain(fault: Fault): 1 {
  const cause = fault.cause instanceof Error && fault.code === 'broken' ? `\n  cause: ${fault.cause.message}` : '';
  process.stderr.write(`dd0c-server: ${fault.message}${cause}\n  try: ${fault.next}\n`);
  return 1;
}
