import { styleText } from 'node:util';

/** Where the demo writes, and whether somebody watches. */
export interface Stage {
  readonly out: (text: string) => void;
  readonly isInteractive: boolean;
  readonly hasColours: boolean;
}

/** Does one step after another, and tells each with the time it took. */
export interface Steps {
  <T>(what: string, work: () => Promise<T>): Promise<T>;
}

const clearLine = '\r\u{1b}[2K';

export function createSteps({ out, isInteractive, hasColours }: Stage): Steps {
  return async (what, work) => {
    const startedAt = performance.now();
    if (isInteractive) out(`  … ${what}`);
    try {
      const result = await work();
      end(colour('green', '✓'));
      return result;
    } catch (error) {
      end(colour('red', '✗'));
      throw error;
    }

    function end(mark: string): void {
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      out(`${isInteractive ? clearLine : ''}  ${mark} ${what} ${colour('dim', `${seconds} s`)}\n`);
    }
  };

  function colour(style: 'green' | 'red' | 'dim', text: string): string {
    return hasColours ? styleText(style, text, { validateStream: false }) : text;
  }
}
