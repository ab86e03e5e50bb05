import type { AddressInfo } from 'node:net';
import { Fault } from '#proto/domain/fault.ts';
import type { FaultCode } from '#proto/domain/faults.ts';
import type { App } from './app.ts';

const codes: Readonly<Record<string, FaultCode>> = {
  EADDRINUSE: 'address-in-use',
  EACCES: 'address-denied',
  EADDRNOTAVAIL: 'address-unavailable',
  ENOTFOUND: 'address-unavailable',
  EAI_AGAIN: 'address-unavailable',
};

/**
 * Listens, and answers the port that it got.
 * @throws Fault `address-in-use`, `address-denied`, `address-unavailable`.
 */
export async function listen(app: App, { host, port }: { readonly host: string; readonly port: number }): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? codes[String(error.code)] : undefined;
    throw code === undefined ? error : new Fault(code, { address: `${host}:${port}` }, { cause: error });
  }
  return (app.server.address() as AddressInfo).port;
}
