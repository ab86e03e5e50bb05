import { type Endpoint, isLoopback, isWildcard, writeEndpoint } from './config/endpoint.ts';
import type { ServerConfig } from './config/server-arguments.ts';

/** The names and addresses under which the server's certificate must hold. */
export function serverNames({ advertise, grpc, enroll }: Pick<ServerConfig, 'advertise' | 'grpc' | 'enroll'>): readonly string[] {
  const bound = [grpc.host, enroll.host];
  const named = [advertise, ...bound].filter((host) => !isWildcard(host));
  const local = bound.some((host) => isWildcard(host) || isLoopback(host)) ? ['localhost', '127.0.0.1', '::1'] : [];
  return [...new Set([...named, ...local])];
}

/** Where programs of this machine find the HTTP API. */
export function httpAddress({ host, port }: Endpoint): string {
  const dialled = isWildcard(host) ? (host === '::' ? '::1' : '127.0.0.1') : host;
  return `http://${writeEndpoint({ host: dialled, port })}`;
}

/** Where agents dial: the advertised host and the port that was bound. */
export function dialled(advertise: string, boundAddress: string): string {
  return writeEndpoint({ host: advertise, port: Number(boundAddress.slice(boundAddress.lastIndexOf(':') + 1)) });
}
