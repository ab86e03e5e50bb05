import { open, rename, rm } from 'node:fs/promises';

/** Writes lines to a file as they come, for this user alone; the file is put in place whole or not at all. */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const beside = `${path}.new`;
  const file = await open(beside, 'w', 0o600);
  try {
    for await (const line of lines) await file.write(`${line}\n`);
    await file.sync();
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}
