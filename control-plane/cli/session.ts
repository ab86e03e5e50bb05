import type { Client } from './client.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What a command works with. */
export interface Session {
  readonly client: Client;
  readonly terminal: Terminal;
  /** Prints the server's answer as one JSON document where that was asked for, else what `render` makes of it. */
  readonly tell: <Answer>(answer: Answer, render: (answer: Answer) => string) => void;
  /** Tells a person on standard error; a script finds nothing there but a problem document. */
  readonly warn: (text: string) => void;
}

/** For a command that needs no server. */
export type Offline = () => Pick<Session, 'terminal' | 'tell'>;

/** Settles the options of a command line; called once, when a command runs. */
export type Open = () => Promise<Session>;

/** `3 agents`, `1 agent`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** The line under a list: how many, and how to see more. */
export function footer(shown: number, noun: string, next: string | null): string {
  return next === null ? `\n${count(shown, noun)}\n` : `\n${count(shown, noun)} shown; more with --cursor ${next}\n`;
}

/** Options of every list. */
export interface ListOptions {
  readonly limit?: string;
  readonly cursor?: string;
}

export function pageQuery({ limit, cursor }: ListOptions): Record<string, string | undefined> {
  return { limit, cursor };
}
