import { Readable, Writable } from 'node:stream';
import type { Host } from '#agent/cli/host.ts';
import { defaultWidth } from '#agent/cli/terminal/terminal.ts';

/** A host whose terminal writes into strings. */
export interface FakeHost extends Host {
  readonly told: { out: string; err: string };
}

export function fakeHost({ env = {}, cwd = '/', input = '', stop = new AbortController().signal }: Partial<Pick<Host, 'env' | 'cwd' | 'stop'> & { input: string }> = {}): FakeHost {
  const told = { out: '', err: '' };
  const plain = (_colour: string, text: string): string => text;
  const writing = (to: 'out' | 'err'): Writable =>
    new Writable({
      write(piece: Buffer, _encoding, done) {
        told[to] += piece.toString('utf8');
        done();
      },
    });
  return {
    told,
    env,
    cwd,
    stop,
    terminal: {
      out: (text) => (told.out += text),
      err: (text) => (told.err += text),
      input: Readable.from([Buffer.from(input)]),
      output: writing('out'),
      errorOutput: writing('err'),
      width: defaultWidth,
      paint: plain,
      paintError: plain,
      isInteractive: false,
    },
  };
}
