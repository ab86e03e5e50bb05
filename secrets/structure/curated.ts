import { isList, isObject, type Json } from '#proto/domain/json.ts';
import type { StructureRule } from './mark.ts';
import { isMarked } from './pulumi.ts';

/** Attributes that hold a secret under a name that does not say so, by resource type; from the providers' documentation. */
export const curatedAttributes: Readonly<Record<string, readonly string[]>> = {
  random_password: ['result', 'bcrypt_hash'],
  random_bytes: ['base64', 'hex'],
  tls_private_key: ['private_key_pem', 'private_key_openssh', 'private_key_pem_pkcs8'],
  aws_iam_access_key: ['secret', 'ses_smtp_password_v4', 'encrypted_secret', 'id'],
  aws_secretsmanager_secret_version: ['secret_string', 'secret_binary'],
  aws_kms_external_key: ['key_material_base64'],
  aws_ssm_parameter: ['value', 'insecure_value'],
  aws_lightsail_key_pair: ['private_key'],
  aws_api_gateway_api_key: ['value'],
  aws_transfer_ssh_key: ['body'],
  azurerm_key_vault_secret: ['value'],
  azurerm_app_configuration_key: ['value'],
  azuread_application_password: ['value'],
  azuread_service_principal_password: ['value'],
  google_secret_manager_secret_version: ['secret_data'],
  google_service_account_key: ['private_key'],
  google_storage_hmac_key: ['secret'],
  google_kms_secret_ciphertext: ['plaintext'],
  kubernetes_secret: ['data', 'binary_data'],
  kubernetes_secret_v1: ['data', 'binary_data'],
  kubernetes_token_request_v1: ['token'],
  vault_generic_secret: ['data_json', 'data'],
  vault_kv_secret: ['data_json', 'data'],
  vault_kv_secret_v2: ['data_json', 'data'],
  github_actions_secret: ['plaintext_value', 'encrypted_value'],
  github_actions_organization_secret: ['plaintext_value', 'encrypted_value'],
  gitlab_project_variable: ['value'],
  gitlab_group_variable: ['value'],
  cloudflare_worker_secret: ['secret_text'],
  digitalocean_spaces_key: ['secret_key'],
  postgresql_role: ['password'],
  htpasswd_password: ['bcrypt', 'apr1', 'sha256', 'sha512'],
  pkcs12_from_pem: ['result'],
  onepassword_item: ['password', 'note_value'],
  doppler_secret: ['value', 'computed'],
  heroku_config: ['sensitive_vars'],
  'aws:iam/accessKey:AccessKey': ['secret', 'sesSmtpPasswordV4'],
  'random:index/randomPassword:RandomPassword': ['result', 'bcryptHash'],
  'tls:index/privateKey:PrivateKey': ['privateKeyPem', 'privateKeyOpenssh', 'privateKeyPemPkcs8'],
  'aws:secretsmanager/secretVersion:SecretVersion': ['secretString', 'secretBinary'],
  'kubernetes:core/v1:Secret': ['data', 'stringData'],
};

/** Values of a type that are secret only where another attribute says so. */
const unlessPlain: Readonly<Record<string, (values: Readonly<Record<string, Json>>) => boolean>> = {
  aws_ssm_parameter: (values) => values['type'] === 'SecureString',
};

/** The attributes of `values`, of a resource of this type, that are secret whatever their names say. */
export function curatedFor(type: string, values: Readonly<Record<string, Json>>): readonly string[] {
  if (unlessPlain[type]?.(values) === false) return [];
  return (curatedAttributes[type] ?? []).filter((name) => Object.hasOwn(values, name) && !isMarked(values[name]));
}

/** A resource that says its type beside its attributes: in a state, in a plan, in an export of Pulumi. */
export const curated: StructureRule = {
  name: 'structure/known-attribute',
  keywords: Object.keys(curatedAttributes).map((type) => `"${type.toLowerCase()}"`),
  levels: 1,
  isCalledBy: (name) => name === 'type',
  *marks(object) {
    const type = object['type'];
    if (typeof type !== 'string') return;
    for (const holder of ['attributes', 'values', 'primary', 'inputs', 'outputs']) {
      for (const name of attributesOf(type, object[holder])) yield { path: [holder, name] };
    }
    for (const side of ['before', 'after'] as const) {
      const change = object['change'];
      for (const name of attributesOf(type, isObject(change) ? change[side] : undefined)) yield { path: ['change', side, name] };
    }
    const instances = object['instances'];
    if (!isList(instances)) return;
    for (const [index, instance] of instances.entries()) {
      if (!isObject(instance)) continue;
      for (const name of attributesOf(type, instance['attributes'])) yield { path: ['instances', index, 'attributes', name] };
    }
  },
};

function attributesOf(type: string, values: Json | undefined): readonly string[] {
  return isObject(values) ? curatedFor(type, values) : [];
}
