import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Runs one of the bench's own programs in a fresh process and reads the line of JSON that it prints. */
export async function measureProcess<Figure>(program: string, args: readonly string[], env: Readonly<Record<string, string | undefined>> = process.env): Promise<Figure> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(new URL(program, import.meta.url)), ...args], { env: { ...env } });
  // The bench's own line.
  return JSON.parse(stdout) as Figure;
}
