import { inspect } from 'node:util';
import { Command, CommanderError } from 'commander';
import { Fault } from '#proto/domain/fault.ts';
import { refuseTelling } from '../config/seal.ts';
import { version } from '../config/version.ts';
import { classifyCommand } from './commands/classify.ts';
import { doctorCommand } from './commands/doctor.ts';
import { enrollCommand } from './commands/enroll.ts';
import { rulesCommand } from './commands/rules.ts';
import { runCommand } from './commands/run.ts';
import { scanCommand } from './commands/scan.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { scrubKeyCommand } from './commands/scrub-key.ts';
import { scrubCommand } from './commands/scrub.ts';
import { explain } from './explain.ts';
import type { Host } from './host.ts';

/** Adds one command; `end` takes the exit code. What a command needs beyond its description is loaded when it runs. */
export type DescribeCommand = (program: Command, host: Host, end: (exitCode: number) => void) => void;

/** In the order of the help. */
const commands: readonly DescribeCommand[] = [scanCommand, enrollCommand, runCommand, scrubCommand, scrubKeyCommand, classifyCommand, sandboxCommand, rulesCommand, doctorCommand];

/** Runs one command line and answers the exit code. Whatever goes wrong is told on standard error. */
export async function runProgram(argv: readonly string[], host: Host): Promise<number> {
  let exitCode = 0;
  const program = describe(host, (code) => (exitCode = code));
  try {
    refuseTelling(host.env);
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) return error.exitCode;
    if (host.stop.aborted) {
      host.terminal.err('stopped before it was done\n');
      return 1;
    }
    const { createTextCleaner } = await import('./clean-text.ts');
    const clean = createTextCleaner(); // what a tool or a library said may stand in the facts
    host.terminal.err(clean(explain(error instanceof CommanderError ? usageFault(error) : error, host.terminal.paintError)));
    if (host.env['DD0C_DEBUG'] !== undefined) host.terminal.err(`${clean(inspect(error))}\n`);
    return 1;
  }
}

function describe(host: Host, end: (exitCode: number) => void): Command {
  const { terminal } = host;
  const program = new Command('dd0c-agent')
    .description('Finds out where infrastructure has drifted from its code, on this host, and reports it without secrets.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', '\nStart with `dd0c-agent scan PATH`: it needs no server and changes nothing.')
    .configureHelp({ helpWidth: terminal.width })
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} }) // told once, by runProgram
    .showSuggestionAfterError()
    .allowExcessArguments(false)
    .exitOverride();
  for (const addTo of commands) addTo(program, host, end);
  return program;
}

/** A value given to an option is left out: it could be a secret in the wrong place. */
function usageFault(error: CommanderError): Fault {
  const reason = error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ').replaceAll(/=[^'\s]*/g, '=…');
  return new Fault('usage', { reason });
}
