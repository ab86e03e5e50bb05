import { runProgram } from '#control-plane/cli/program.ts';
import { createPaint } from '#control-plane/cli/terminal/paint.ts';

/** How a command of the operator's CLI ended. */
export interface Told {
  readonly code: number;
  /** Standard output of a run for people. */
  readonly text: string;
  /** The document of a run with `--json`. */
  readonly answer: unknown;
  /** The problem document of one that failed. */
  readonly problem: unknown;
}

/** Runs `dd0c` in this process, as whoever has this token. */
export function createOperator({ server, token, cwd }: { readonly server: () => string; readonly token: () => string; readonly cwd: string }): (argv: readonly string[], how?: 'for people' | 'json') => Promise<Told> {
  return async (argv, how = 'json') => {
    let [out, err] = ['', ''];
    const terminal = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), width: 160, paint: createPaint({ colours: false }), now: Date.now };
    const env = { HOME: cwd, DD0C_SERVER: server(), DD0C_TOKEN: token() };
    const code = await runProgram([...argv, ...(how === 'json' ? ['--json'] : [])], terminal, { env, cwd, readStandardInput: async () => '' });
    const parse = (text: string): unknown => (text === '' || how !== 'json' ? null : JSON.parse(text));
    return { code, text: out, answer: parse(out), problem: parse(err) };
  };
}
