import { keepMemoryPrivate } from '#ca/keys/private-memory.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { Environment } from './environment.ts';

/** With these the runtime prints what passes through it, headers and keys included, and it cannot be told to stop. */
const tellingVariables = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'];

/** Libraries print what passes through them, or believe any certificate, while these are set. */
const loosening = /^(?:GRPC_(?:NODE_)?(?:TRACE|VERBOSITY)|NODE_TLS_REJECT_UNAUTHORIZED)$/;

/** Shuts the doors of the runtime itself past the scrubber, and takes away what libraries tell or believe because a variable says so. */
export function sealProcess(self: NodeJS.Process): void {
  keepMemoryPrivate(self);
  for (const name of Object.keys(self.env)) if (loosening.test(name)) Reflect.deleteProperty(self.env, name);
}

/** @throws Fault `runtime-tells` */
export function refuseTelling(env: Environment): void {
  const variable = tellingVariables.find((name) => env[name] !== undefined);
  if (variable !== undefined) throw new Fault('runtime-tells', { variable });
}
