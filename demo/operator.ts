import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Files, runToEnd } from './children.ts';

/** The operator's CLI as a script uses it: words in, one JSON document out. */
export type Operator = (...words: readonly string[]) => Promise<unknown>;

export interface OperatorOptions {
  /** The project's root, absolute. */
  readonly root: string;
  readonly http: string;
  readonly tokenFile: string;
  readonly files: (name: string) => Files;
  readonly signal: AbortSignal;
}

export function createOperator({ root, http, tokenFile, files, signal }: OperatorOptions): Operator {
  let calls = 0;
  return async (...words) => {
    calls += 1;
    const at = files(`dd0c-${calls}`);
    await runToEnd(`dd0c ${words.slice(0, 2).join(' ')}`, [join(root, 'control-plane', 'cli', 'main.ts'), '--server', http, '--token-file', tokenFile, '--json', ...words], at, signal);
    return JSON.parse(await readFile(at.out, 'utf8'));
  };
}
