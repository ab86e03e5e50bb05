import { Command, CommanderError } from 'commander';
import { Fault } from '#proto/domain/fault.ts';
import { type ClientOptions, type ClientSurroundings, readClientSettings } from '../config/client-settings.ts';
import { version } from '../config/version.ts';
import { createClient } from './client.ts';
import { agentCommands } from './commands/agents.ts';
import { approvalCommands } from './commands/approvals.ts';
import { apiTokenCommands } from './commands/api-tokens.ts';
import { auditCommands } from './commands/audit.ts';
import { authorityCommands } from './commands/authority.ts';
import { certificateCommands } from './commands/certificates.ts';
import { executionCommands } from './commands/executions.ts';
import { findingCommands } from './commands/findings.ts';
import { joinCommands } from './commands/joins.ts';
import { keyCommands } from './commands/keys.ts';
import { recoveryCommands } from './commands/recoveries.ts';
import { runbookCommands } from './commands/runbooks.ts';
import { stackCommands } from './commands/stacks.ts';
import { tokenCommands } from './commands/tokens.ts';
import { explain, problemOf } from './refusal.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal/terminal.ts';

interface GlobalOptions extends ClientOptions {
  readonly json?: boolean;
}

/** Runs one command line; answers the exit code, 0 or 1. Whatever goes wrong is told on standard error. */
export async function runProgram(argv: readonly string[], terminal: Terminal, around: ClientSurroundings): Promise<number> {
  const program = describe(terminal, around);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) return error.exitCode;
    const problem = problemOf(error instanceof CommanderError ? usageFault(error) : error);
    terminal.err(argv.includes('--json') ? `${JSON.stringify(problem)}\n` : explain(problem, terminal.paint));
    return 1;
  }
}

function describe(terminal: Terminal, around: ClientSurroundings): Command {
  const program = new Command('dd0c')
    .description('The operator’s side of dd0c: agents, stacks and what drifted.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .option('--server <url>', 'the server (DD0C_SERVER; default: the one that runs on ./.dd0c)')
    .option('--token-file <file>', 'file that holds the API token, - for standard input (DD0C_TOKEN holds the token itself)')
    .option('--profile <name>', 'server and token file of ~/.config/dd0c/profiles.yaml (DD0C_PROFILE)')
    .option('--json', 'one JSON document instead of a table')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} }) // told once, by runProgram
    .allowExcessArguments(false)
    .exitOverride();

  tokenCommands(program, open);
  joinCommands(program, open);
  recoveryCommands(program, open);
  agentCommands(program, open);
  stackCommands(program, open);
  findingCommands(program, open);
  certificateCommands(program, open);
  authorityCommands(program, open);
  apiTokenCommands(program, open);
  runbookCommands(program, open);
  executionCommands(program, open);
  approvalCommands(program, open, around.env);
  keyCommands(program, open, offline);
  auditCommands(program, open, offline);
  return program;

  async function open(): Promise<Session> {
    const options: GlobalOptions = program.opts();
    const settings = await readClientSettings(options, around);
    const warn = options.json === true ? () => {} : terminal.err;
    warnOfPlainText(settings.server, { ...terminal, err: warn });
    return { client: createClient(settings, version), warn, ...offline() };
  }

  function offline(): Pick<Session, 'terminal' | 'tell'> {
    const { json }: GlobalOptions = program.opts();
    return { terminal, tell: (answer, render) => terminal.out(json === true ? `${JSON.stringify(answer)}\n` : render(answer)) };
  }
}

function warnOfPlainText(server: string, { err, paint }: Terminal): void {
  const { protocol, hostname } = new URL(server);
  if (protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')) return;
  err(`${paint('yellow', 'warning')} the token travels to ${hostname} unencrypted; use https://\n`);
}

/** A value given to an option is left out: it could be a secret in the wrong place. */
function usageFault(error: CommanderError): Fault {
  const reason = error.message.replace(/^error: /, '').replaceAll('\n', ' ').replaceAll(/=[^'\s]*/g, '=…');
  return new Fault('usage', { reason });
}
