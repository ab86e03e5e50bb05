import { Fault } from '#proto/domain/fault.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import { connectionOf } from './connection.ts';

/** A cluster that has answered. */
export interface Cluster {
  readonly client: ApiClient;
  /** Where manifests without a namespace go. */
  readonly namespace: string;
}

export interface Reach {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the kubeconfig. */
  readonly context: string | undefined;
  /** After this nothing is asked any more. */
  readonly timeoutMs: number;
}

/**
 * Connects to the cluster that kubectl would use, and sees whether it answers.
 * @throws Fault `kubeconfig-missing`, `kubeconfig-unreadable`, `cluster-credentials`, `cluster-unreachable`,
 * `cluster-unauthorized`, `cluster-timeout`
 */
export async function reachCluster({ env, context, timeoutMs }: Reach, signal: AbortSignal): Promise<Cluster> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  try {
    const connection = await connectionOf(env, either, { context });
    const client = createApiClient(connection, either);
    await greet(client, connection.server.host);
    return { client, namespace: connection.namespace };
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) throw new Fault('cluster-timeout', { seconds: timeoutMs / 1_000 });
    throw error;
  }
}

/** Every authenticated client may ask for the version; where even that is forbidden, the server has answered. */
async function greet(client: Pick<ApiClient, 'get'>, host: string): Promise<void> {
  const answer = await client.get('version');
  if (answer.kind === 'unanswered') throw new Fault('cluster-unreachable', { server: host, reason: answer.reason });
  if (answer.kind === 'refused' && answer.code === 401) throw new Fault('cluster-unauthorized', { server: host });
}
