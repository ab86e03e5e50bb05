import type { Terminal } from './terminal/terminal.ts';

/** What a crash may use of the process. */
export interface Dying {
  on(event: 'uncaughtException' | 'warning', listener: (error: Error) => void): unknown;
  removeAllListeners(event: 'warning'): unknown;
  exit(code: number): void;
}

/**
 * Errors that nobody caught, and warnings of the runtime, hold what some library put into them: they are told without
 * their secrets, or, where even that fails, not at all.
 */
export function guardExits(dying: Dying, { err }: Pick<Terminal, 'err'>): void {
  let isDying = false;
  dying.on('uncaughtException', (error) => {
    if (isDying) return;
    isDying = true;
    void die(error);
  });
  dying.removeAllListeners('warning'); // the runtime would print them as they are
  dying.on('warning', (warning) => void tell('warning', `${warning.name}: ${warning.message}`));

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
    const [{ inspect }, { createTextCleaner }] = await Promise.all([import('node:util'), import('./clean-text.ts')]);
    return createTextCleaner()(typeof about === 'string' ? about : inspect(about));
  } catch {
    return 'its text could not be freed of secrets';
  }
}
