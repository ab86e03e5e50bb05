import { resolve } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { withoutOwnSecrets } from '../../source/cli/run.ts';
import type { KubeContext } from './kubeconfig.ts';

const Answer = z.object({
  status: z.object({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
  }),
});
export type ExecCredential = z.infer<typeof Answer>['status'];

const defaultVersion = 'client.authentication.k8s.io/v1';
const maxOutputBytes = 1024 * 1024;

/**
 * Runs the program that a kubeconfig names for credentials, as
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins says, without a
 * terminal to ask at.
 * @throws Fault `cluster-credentials`; what the program printed is never told, as it may be the credentials
 */
export async function execCredential({ user, cluster, folder }: KubeContext, env: Readonly<Record<string, string | undefined>>, signal: AbortSignal): Promise<ExecCredential> {
  const { exec } = user;
  if (exec === undefined || exec === null) return {};
  const apiVersion = exec.apiVersion ?? defaultVersion;
  const info = { apiVersion, kind: 'ExecCredential', spec: { interactive: false, ...(exec.provideClusterInfo === true ? { cluster: clusterInfo(cluster) } : {}) } };
  const command = /[\\/]/.test(exec.command) ? resolve(folder, exec.command) : exec.command;
  const run = await execa(command, exec.args ?? [], {
    env: { ...withoutOwnSecrets(env), ...Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value])), KUBERNETES_EXEC_INFO: JSON.stringify(info) },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    maxBuffer: maxOutputBytes,
    forceKillAfterDelay: 2_000,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (run.failed) throw new Fault('cluster-credentials', { program: exec.command, reason: run.code === 'ENOENT' ? 'it is not on PATH' : `it ended with ${run.exitCode ?? run.signal ?? 'an error'}` });
  const answer = Answer.safeParse(parsed(run.stdout));
  if (!answer.success) throw new Fault('cluster-credentials', { program: exec.command, reason: 'it printed no ExecCredential' });
  return answer.data.status;
}

function clusterInfo(cluster: KubeContext['cluster']): object {
  return {
    server: cluster.server,
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
    'certificate-authority-data': cluster['certificate-authority-data'],
    'proxy-url': cluster['proxy-url'],
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
