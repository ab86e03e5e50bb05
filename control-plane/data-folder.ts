import { accessSync, constants, mkdirSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { adminTokenFile, type ServerNotice, serverNoticeFile } from './config/server-notice.ts';

/** The files in a data folder that tell people and the operator's CLI how to reach the server. */
export interface DataFolder {
  /** Writes the first API token, readable for this user alone; whole or not at all. */
  writeAdminToken(token: string): Promise<void>;
  /** Says where the running server answers. */
  writeNotice(notice: ServerNotice): Promise<void>;
  removeNotice(): void;
}

/**
 * Opens the folder, which is made for this user alone where it is not there.
 * @throws Fault `data-unusable`.
 */
export function openDataFolder(path: string): DataFolder {
  makeFolder(path);
  const tokenFile = join(path, adminTokenFile);
  const noticeFile = join(path, serverNoticeFile);

  return {
    writeAdminToken: (token) => writeWhole(tokenFile, `${token}\n`),
    writeNotice: (notice) => writeWhole(noticeFile, `${JSON.stringify(notice)}\n`),
    removeNotice: () => rmSync(noticeFile, { force: true }),
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    throw new Fault('data-unusable', { folder: path, reason }, { cause: error });
  }
}

/** A reader sees the old file or the new one, also after a power cut. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  rmSync(draft, { force: true }); // one that a cut-off start left would keep its own mode
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
