import type { S3ClientConfig } from '@aws-sdk/client-s3';

/** How AWS is reached: what is not said here comes from the environment and ~/.aws, as with every AWS tool. */
export interface AwsAccess {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** For one service; for STS see `stsEndpoint`. */
  readonly endpoint?: string | undefined;
  readonly stsEndpoint?: string | undefined;
  readonly keys?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string } | undefined;
  /** Taken one after the other, each with the credentials of the one before. */
  readonly roles?: readonly AwsRole[] | undefined;
  /** For HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface AwsRole {
  readonly arn: string;
  readonly externalId?: string | undefined;
  readonly sessionName?: string | undefined;
}

type ClientConfig = Pick<S3ClientConfig, 'region' | 'profile' | 'endpoint' | 'credentials' | 'maxAttempts' | 'requestHandler'>;

type Credentials = NonNullable<ClientConfig['credentials']>;

const connectionTimeoutMs = 10_000;
const requestTimeoutMs = 60_000;

/**
 * What a client of the SDK is made with. Requests are not tried again by the client itself: `ask` does that, and counts
 * them. The SDK is loaded here and not before, since most scans never need it.
 */
export async function clientConfig(access: AwsAccess): Promise<ClientConfig> {
  const { region, profile, endpoint } = access;
  return {
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
    ...(await credentialsOf(access)),
    maxAttempts: 1,
    requestHandler: handler(access),
  };
}

function handler({ env }: AwsAccess): NonNullable<ClientConfig['requestHandler']> {
  const agent = { keepAlive: true, maxSockets: 16, proxyEnv: env };
  return { connectionTimeout: connectionTimeoutMs, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true, httpAgent: agent, httpsAgent: agent };
}

async function credentialsOf(access: AwsAccess): Promise<Pick<ClientConfig, 'credentials'>> {
  const { keys, roles = [], region, stsEndpoint, profile } = access;
  if (roles.length === 0) return keys === undefined ? {} : { credentials: keys };
  const { fromNodeProviderChain, fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
  const clientConfig = { ...(region !== undefined && { region }), ...(stsEndpoint !== undefined && { endpoint: stsEndpoint }), requestHandler: handler(access) };
  const base: Credentials = keys ?? fromNodeProviderChain({ ...(profile !== undefined && { profile }), clientConfig });
  return { credentials: roles.reduce<Credentials>(assume, base) };

  function assume(masterCredentials: Credentials, { arn, externalId, sessionName }: AwsRole): Credentials {
    const params = { RoleArn: arn, RoleSessionName: sessionName ?? 'dd0c-agent', ...(externalId !== undefined && { ExternalId: externalId }) };
    return fromTemporaryCredentials({ masterCredentials, params, clientConfig });
  }
}
