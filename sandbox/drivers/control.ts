import type { Duplex } from 'node:stream';
import { Fault } from '#proto/domain/fault.ts';
import type { LaunchPlan, LaunchWord } from '../launch/plan.ts';

/** The agent's end of the channel to a launcher. */
export interface Control {
  /** What the launcher says next, or null where the channel has ended: by the exec, or by its death. */
  next(): Promise<LaunchWord | null>;
  send(plan: LaunchPlan): void;
  go(): void;
  close(): void;
}

/** Speaks with a launcher: a plan with its length before it goes down, one line of JSON for each word comes up. */
export function openControl(channel: Duplex): Control {
  const words: LaunchWord[] = [];
  const waiting: ((word: LaunchWord | null) => void)[] = [];
  let text = '';
  let ended = false;
  channel.on('error', () => {}); // a launcher that died; its end is told by `close`
  channel.on('data', (bytes: Buffer) => {
    const lines = (text + bytes.toString('utf8')).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) words.push(JSON.parse(line) as LaunchWord); // from our own launcher, before the command is there
    serve();
  });
  channel.once('close', () => {
    ended = true;
    serve();
  });
  return {
    next: async () => new Promise((resolve) => {
      waiting.push(resolve);
      serve();
    }),
    send: (plan) => {
      const body = Buffer.from(JSON.stringify(plan));
      const head = Buffer.alloc(4);
      head.writeUInt32LE(body.length, 0);
      channel.write(Buffer.concat([head, body]));
    },
    go: () => void channel.write(Buffer.of(1)),
    close: () => channel.destroy(),
  };

  function serve(): void {
    while (waiting.length > 0) {
      const word = words.shift();
      if (word === undefined && !ended) return;
      waiting.shift()?.(word ?? null);
    }
  }
}

/** A launcher that could not go on. */
export function launchFault(word: LaunchWord | null): Fault {
  if (word?.say === 'failed') return new Fault('sandbox-failed', { at: word.at, errno: word.errno });
  return new Fault('sandbox-failed', { at: word === null ? 'start' : word.say });
}
