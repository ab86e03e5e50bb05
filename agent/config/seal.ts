import { writeFileSync } from 'node:fs';
import { Fault } from '#proto/domain/fault.ts';
import type { Environment } from './environment.ts';

/** With these the runtime prints what passes through it, headers and keys included, and it cannot be told to stop. */
const tellingVariables = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'];

/** Libraries print what passes through them, or believe any certificate, while these are set. */
const loosening = /^(?:GRPC_(?:NODE_)?(?:TRACE|VERBOSITY)|NODE_TLS_REJECT_UNAUTHORIZED)$/;

/**
 * Shuts the doors of the runtime itself, through which memory could leave past the scrubber: the debugger that SIGUSR1
 * opens to every user of the host, reports on a crash, memory in a core dump of this process or of what it starts, and
 * what libraries tell or believe because a variable says so.
 */
export function sealProcess(self: NodeJS.Process): void {
  self.on('SIGUSR1', () => {}); // a listener takes the place of the debugger's
  const { report } = self;
  report.reportOnFatalError = false;
  report.reportOnSignal = false;
  report.reportOnUncaughtException = false;
  for (const name of Object.keys(self.env)) if (loosening.test(name)) Reflect.deleteProperty(self.env, name);
  try {
    writeFileSync('/proc/self/coredump_filter', '0'); // https://man7.org/linux/man-pages/man5/core.5.html
  } catch {
    // no Linux, or no /proc
  }
}

/** @throws Fault `runtime-tells` */
export function refuseTelling(env: Environment): void {
  const variable = tellingVariables.find((name) => env[name] !== undefined);
  if (variable !== undefined) throw new Fault('runtime-tells', { variable });
}
