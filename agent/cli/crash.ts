import type { Terminal } from './terminal/terminal.ts';

/** What a crash may use of the process. */
export interface Dying {
  on(event: 'uncaughtException' | 'warning', listener: (error: Error) => void): unknown;
  removeAllListeners(event: 'warning'): unknown;
  exit(code: number): void;
}

/** What libraries print on, past our own terminal. */
export type Printing = Pick<Console, (typeof printers)[number]>;
const printers = ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const;

/**
 * Errors that nobody caught, warnings of the runtime, and what a library prints on the console, hold what some library put into them: they are told without
 * their secrets, or, where even that fails, not at all.
 */
export function guardExits(dying: Dying, printing: Printing, { err }: Pick<Terminal, 'err'>): void {
  let isDying = false;
  dying.on('uncaughtException', (error) => {
    if (isDying) return;
    isDying = true;
    void die(error);
  });
  dying.removeAllListeners('warning'); // the runtime would print them as they are
  dying.on('warning', (warning) => void tell('warning', `${warning.name}: ${warning.message}`));

  for (const name of printers) printing[name] = (...told: unknown[]) => void tell('note', told);

  async function die(error: Error): Promise<void> {
    await tell('error: this is a bug in dd0c-agent', error.stack ?? error);
    dying.exit(1);
  }

  async function tell(what: string, about: unknown): Promise<void> {
    err(`${what}: ${await cleaned(about)}\n`);
  }
}

async function cleaned(about: unknown): Promise<string> {
  try {
    const [{ format, inspect }, { createTextCleaner }] = await Promise.all([import('node:util'), import('./clean-text.ts')]);
    const text = Array.isArray(about) ? format(...about) : typeof about === 'string' ? about : inspect(about);
    return createTextCleaner()(text);
  } catch {
    return 'its text could not be freed of secrets';
  }
}
