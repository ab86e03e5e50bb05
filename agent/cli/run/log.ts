import { type Logger, pino } from 'pino';
import type { AgentConfig } from '../../config/agent-config.ts';

/** JSON lines, each passed through `clean` as a whole, so that no error of a library carries a secret out. */
export function createLog(level: AgentConfig['log']['level'], write: (line: string) => void, clean: (text: string) => string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    { write: (line) => write(clean(line)) },
  );
}
