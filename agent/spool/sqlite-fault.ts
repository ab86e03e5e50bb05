import { Fault } from '#proto/domain/fault.ts';
import { ZodError } from 'zod';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html); the extended ones carry them in the low byte. */
const busy = 5;
const corrupt = 11;
const notADatabase = 26;

/** What SQLite said, in the words of the house. */
export function asSpoolFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (primaryCode(error) === busy) return new Fault('data-locked', {}, { cause: error });
  if (meansCorrupt(error)) return new Fault('spool-corrupt', {}, { cause: error });
  return new Fault('spool-unwritable', { reason: error instanceof Error ? error.message : 'unknown' }, { cause: error });
}

/** True where the file's content is at fault, rather than the disk, the rights or another process. */
export function meansCorrupt(error: unknown): boolean {
  if (error instanceof Fault) return error.code === 'spool-corrupt';
  if (error instanceof ZodError || error instanceof SyntaxError) return true;
  const code = primaryCode(error);
  return code === corrupt || code === notADatabase;
}

function primaryCode(error: unknown): number | null {
  const code: unknown = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' ? code & 0xff : null;
}
