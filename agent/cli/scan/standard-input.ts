import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Fault } from '#proto/domain/fault.ts';
import type { Scanner } from '../../scan/scanner.ts';
import { makePrivateFolder } from '../../scan/source/private-folder.ts';

/** The path that stands for standard input. */
export const standardInput = '-';

/** What was written to standard input, as a file of this user alone until it is dropped. */
export interface KeptInput {
  readonly file: string;
  drop(): Promise<void>;
}

/** As much as a file may hold. */
const maxBytes = 500 * 1024 * 1024;

/** @throws Fault `source-too-large` */
export async function keepInput(input: Readable): Promise<KeptInput> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    const piece = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += piece.length;
    if (bytes > maxBytes) throw new Fault('source-too-large', { source: 'standard input', bytes, limit: maxBytes });
    chunks.push(piece);
  }
  const content = Buffer.concat(chunks);
  const { path: folder, remove } = await makePrivateFolder('input');
  const file = join(folder, isJson(content) ? 'input.json' : 'input.yaml');
  await writeFile(file, content, { mode: 0o600 });
  return { file, drop: remove };
}

/** The same scanners, but the path `-` is this file, and is told as standard input. */
export function readingInput(scanners: readonly Scanner[], file: string): readonly Scanner[] {
  return scanners.map((scanner) => ({
    ...scanner,
    async find(path, signal) {
      const targets = await scanner.find(path === standardInput ? file : path, signal);
      return path === standardInput ? targets.map((target) => ({ ...target, path: standardInput, label: 'standard input' })) : targets;
    },
    open: (target, options, signal) => scanner.open(target.path === standardInput ? { ...target, path: file } : target, options, signal),
  }));
}

/** States and plans begin so, in whatever encoding; everything else that can be piped in is YAML. */
function isJson(content: Buffer): boolean {
  return /^[\s{[]*[{[]/.test(content.subarray(0, 64).toString('latin1').replaceAll('\0', '').replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, ''));
}
