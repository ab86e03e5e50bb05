import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { StreamScrubber } from '../../scrub/stream.ts';

/** Where one of a step's streams goes. */
export interface Shown {
  write(bytes: Uint8Array): void;
  /** Lets go of what is held because nothing followed for a while. */
  idle(): void;
  /** When all of it has been handed over. */
  end(): Promise<void>;
  /** Whether a line was begun and not ended. */
  readonly isMidLine: boolean;
}

/** Controls but newline and tab, and the marks that reorder, join or hide text. */
const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Output for people: without secrets, and with nothing in it that steers a terminal. */
export function shownTo(output: Writable, scrubber: StreamScrubber): Shown {
  const decoder = new StringDecoder('utf8');
  const to = handingOn(output);
  const show = (bytes: Buffer): void => to.write(neutral(decoder.write(bytes)));
  return {
    write: (bytes) => show(scrubber.write(bytes)),
    idle: () => show(scrubber.flushAll()),
    async end() {
      show(scrubber.end());
      to.write(neutral(decoder.end()));
      await to.end();
    },
    get isMidLine() {
      return to.isMidLine;
    },
  };
}

/** Output as it comes. */
export function rawTo(output: Writable): Shown {
  return Object.assign(handingOn(output), { idle: () => {} });
}

/** Every character that could steer a terminal is written as `\u{…}`, but for newline and tab. */
export function neutral(text: string): string {
  return text.replace(steering, (character) => (character === '\n' || character === '\t' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`));
}

function handingOn(output: Writable): Omit<Shown, 'idle'> & { write(data: Uint8Array | string): void } {
  let last: string | number | undefined = '\n';
  return {
    write: (data) => {
      if (data.length === 0) return;
      last = data.at(-1);
      output.write(data);
    },
    end: async () => {
      if (output.writableNeedDrain) await Promise.race([once(output, 'drain'), once(output, 'close')]);
    },
    get isMidLine() {
      return last !== '\n' && last !== 10;
    },
  };
}
