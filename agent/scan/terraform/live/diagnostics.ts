import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const Line = z.object({
  diagnostic: z.object({
    severity: z.string(),
    summary: z.string(),
    detail: z.string().optional(),
    address: z.string().optional(),
    snippet: z.object({ values: z.array(z.unknown()).nullish() }).nullish(),
  }),
});

const maxTold = 3;
const maxLength = 400;

/**
 * What terraform itself said went wrong, out of the log of `plan -json`. The snippets of code that it adds are left out,
 * and so are the details where an expression could not be evaluated: both show the values of variables.
 */
export async function toldErrors(logFile: string): Promise<string> {
  const found: string[] = [];
  const lines = createInterface({ input: createReadStream(logFile, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const read = Line.safeParse(parse(line));
    if (!read.success || read.data.diagnostic.severity !== 'error') continue;
    const { summary, detail, address, snippet } = read.data.diagnostic;
    const showsValues = (snippet?.values ?? []).length > 0;
    found.push(shorten([address, summary, showsValues ? undefined : detail].filter((part) => part !== undefined && part !== '').join(': ')));
  }
  const rest = found.length > maxTold ? [`and ${found.length - maxTold} more`] : [];
  return [...found.slice(0, maxTold), ...rest].join('; ');
}

/** The first error of a text for people, without its frame. */
export function plainErrors(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^[│╷╵\s]+/, '').trim()).filter((line) => line !== '');
  const start = lines.findIndex((line) => line.startsWith('Error'));
  return shorten(lines.slice(Math.max(0, start), Math.max(0, start) + 6).join(' '));
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
