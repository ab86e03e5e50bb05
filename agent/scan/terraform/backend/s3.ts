import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { AwsAccess } from '../../source/aws/access.ts';
import { openBucket } from '../../source/aws/objects.ts';
import { type Backend, foreignSettings } from './backend.ts';
import type { RemoteState } from './remote-state.ts';

const Text = z.string().min(1);
const Flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
/** A block in code, an object or a list of one elsewhere. */
const one = <Shape extends z.ZodType>(shape: Shape) => z.union([shape, z.array(shape).max(1).transform(([first]) => first)]);
const Endpoints = z.object({ s3: Text.nullish(), sts: Text.nullish() });
const Role = z.object({ role_arn: Text, external_id: Text.nullish(), session_name: Text.nullish() });

/** The settings that this reader takes into account (https://developer.hashicorp.com/terraform/language/backend/s3). */
const Settings = z.object({
  bucket: Text,
  key: Text,
  region: Text.optional(),
  profile: Text.optional(),
  access_key: Text.optional(),
  secret_key: Text.optional(),
  token: Text.optional(),
  endpoints: one(Endpoints).optional(),
  endpoint: Text.optional(),
  sts_endpoint: Text.optional(),
  assume_role: one(Role).optional(),
  role_arn: Text.optional(),
  external_id: Text.optional(),
  session_name: Text.optional(),
  workspace_key_prefix: Text.optional(),
  use_path_style: Flag.optional(),
  force_path_style: Flag.optional(),
  sse_customer_key: Text.optional(),
  http_proxy: Text.optional(),
  https_proxy: Text.optional(),
  no_proxy: Text.optional(),
});
type Settings = z.infer<typeof Settings>;

/** Settings that change nothing for somebody who only reads. */
const irrelevant = new Set([
  'acl', 'encrypt', 'kms_key_id', 'dynamodb_table', 'dynamodb_endpoint', 'dynamodb_tags', 'use_lockfile', 'tags', 'lock_tags', 'max_retries', 'retry_mode',
  'skip_credentials_validation', 'skip_region_validation', 'skip_requesting_account_id', 'skip_metadata_api_check', 'skip_s3_checksum', 'allowed_account_ids',
  'forbidden_account_ids', 'assume_role_duration_seconds', 'assume_role_policy', 'assume_role_policy_arns', 'assume_role_tags', 'assume_role_transitive_tag_keys',
  'iam_endpoint', 'use_legacy_workflow', 'ec2_metadata_service_endpoint_mode',
]);

/** What only terraform itself does: other files of credentials, web identities, authorities of the backend's own. */
export function needsTerraform({ settings }: Backend): boolean {
  return Object.keys(settings).some((name) => !Object.hasOwn(Settings.shape, name) && !irrelevant.has(name));
}

/** @throws Fault `backend-unclear` naming the setting that is missing; reading also `backend-insecure`, `aws-…` */
export function s3State(backend: Backend, workspace: string, env: AwsAccess['env']): RemoteState {
  const { bucket, key, ...settings } = parse(backend.settings, backend.unknown);
  const path = workspace === 'default' ? key : `${settings.workspace_key_prefix ?? 'env:'}/${workspace}/${key}`;
  const source = `s3://${bucket}/${path}`;
  return { source, read };

  async function read(signal: AbortSignal): Promise<Buffer | null> {
    const customerKey = settings.sse_customer_key ?? customerKeyFor(backend, source, env);
    const isPathStyle = settings.use_path_style ?? settings.force_path_style;
    const opened = await openBucket({ bucket, access: accessOf(settings, env), isPathStyle, customerKey, source }, signal);
    try {
      return await opened.read(path);
    } catch (error) {
      if (error instanceof Fault && error.code === 'object-missing' && error.facts['answer'] !== 'NoSuchBucket') return null;
      throw error;
    }
  }
}

/** Such a key is sent as it is, so it goes to no endpoint that only the code names. */
function customerKeyFor(backend: Backend, source: string, env: AwsAccess['env']): string | undefined {
  const key = env['AWS_SSE_CUSTOMER_KEY'];
  if (key !== undefined && foreignSettings(backend).length > 0) throw new Fault('backend-insecure', { source, reason: 'AWS_SSE_CUSTOMER_KEY is set, and only the code names this endpoint' });
  return key;
}

function parse(settings: Backend['settings'], unknown: readonly string[]): Settings {
  const read = Settings.safeParse(settings);
  if (read.success) return read.data;
  const setting = read.error.issues[0]?.path.join('.') ?? '';
  throw new Fault('backend-unclear', { backend: 's3', setting, reason: unknown.includes(setting) ? 'it is not a constant in the code' : 'it is missing, or not of its kind' });
}

function accessOf(settings: Omit<Settings, 'bucket' | 'key'>, env: AwsAccess['env']): AwsAccess {
  const { region, profile, access_key: accessKeyId, secret_key: secretAccessKey, token, endpoints } = settings;
  const role = settings.assume_role ?? (settings.role_arn === undefined ? undefined : { role_arn: settings.role_arn, external_id: settings.external_id, session_name: settings.session_name });
  return {
    region,
    profile,
    endpoint: endpoints?.s3 ?? settings.endpoint,
    stsEndpoint: endpoints?.sts ?? settings.sts_endpoint,
    ...(accessKeyId !== undefined && secretAccessKey !== undefined && { keys: { accessKeyId, secretAccessKey, ...(token !== undefined && { sessionToken: token }) } }),
    ...(role !== undefined && { roles: [{ arn: role.role_arn, externalId: role.external_id ?? undefined, sessionName: role.session_name ?? undefined }] }),
    env: { ...env, ...proxies(settings) },
  };
}

function proxies({ http_proxy: http, https_proxy: https, no_proxy: none }: Omit<Settings, 'bucket' | 'key'>): AwsAccess['env'] {
  return { ...(http !== undefined && { HTTP_PROXY: http }), ...(https !== undefined && { HTTPS_PROXY: https }), ...(none !== undefined && { NO_PROXY: none }) };
}
