import { isList, isObject, type Json } from '#proto/domain/json.ts';
import type { StructureRule } from './mark.ts';
import { isMarked } from './pulumi.ts';

/** What rules of access to Azure's brokers give out. */
const primaryAndSecondary = ['primary_key', 'secondary_key', 'primary_connection_string', 'secondary_connection_string'];

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
  aws_iam_user_login_profile: ['encrypted_password'],
  aws_appsync_api_key: ['key'],
  aws_grafana_workspace_api_key: ['key'],
  aws_secretsmanager_random_password: ['random_password'],
  aws_ssm_activation: ['activation_code'],
  aws_kms_ciphertext: ['plaintext'],
  aws_elasticache_user: ['passwords'],
  azurerm_storage_account_sas: ['sas'],
  azurerm_storage_account_blob_container_sas: ['sas'],
  azurerm_servicebus_namespace_authorization_rule: primaryAndSecondary,
  azurerm_servicebus_queue_authorization_rule: primaryAndSecondary,
  azurerm_servicebus_topic_authorization_rule: primaryAndSecondary,
  azurerm_eventhub_authorization_rule: primaryAndSecondary,
  azurerm_eventhub_namespace_authorization_rule: primaryAndSecondary,
  azurerm_relay_hybrid_connection_authorization_rule: primaryAndSecondary,
  azurerm_relay_namespace_authorization_rule: primaryAndSecondary,
  azurerm_notification_hub_authorization_rule: primaryAndSecondary,
  azurerm_iothub_shared_access_policy: primaryAndSecondary,
  azurerm_api_management_subscription: primaryAndSecondary,
  azurerm_communication_service: primaryAndSecondary,
  azurerm_log_analytics_workspace: ['primary_shared_key', 'secondary_shared_key'],
  azurerm_search_service: [...primaryAndSecondary, 'query_keys'],
  azurerm_cosmosdb_account: [...primaryAndSecondary, 'primary_readonly_key', 'secondary_readonly_key', 'connection_strings'],
  azurerm_function_app_host_keys: ['default_function_key', 'primary_key'],
  azurerm_application_insights: ['instrumentation_key'],
  azurerm_automation_variable_string: ['value'],
  azurerm_kubernetes_cluster: ['kube_config_raw', 'kube_admin_config_raw'],
  google_apikeys_key: ['key_string'],
  google_redis_instance: ['auth_string'],
  google_monitoring_notification_channel: ['sensitive_labels'],
  google_bigquery_data_transfer_config: ['sensitive_params'],
  google_kms_secret: ['plaintext'],
  google_secret_manager_regional_secret_version: ['secret_data'],
  vault_token: ['client_token', 'wrapped_token'],
  vault_approle_auth_backend_role_secret_id: ['secret_id', 'wrapping_token'],
  nomad_acl_token: ['secret_id'],
  consul_acl_token_secret_id: ['secret_id'],
  github_actions_environment_secret: ['plaintext_value', 'encrypted_value'],
  github_codespaces_secret: ['plaintext_value', 'encrypted_value'],
  github_dependabot_secret: ['plaintext_value', 'encrypted_value'],
  gitlab_instance_variable: ['value'],
  gitlab_pipeline_schedule_variable: ['value'],
  bitbucket_repository_variable: ['value'],
  bitbucket_deployment_variable: ['value'],
  bitbucket_workspace_variable: ['value'],
  circleci_environment_variable: ['value'],
  circleci_context_environment_variable: ['value'],
  tfe_variable: ['value'],
  spacelift_environment_variable: ['value'],
  vercel_project_environment_variable: ['value'],
  cloudflare_api_token: ['value'],
  cloudflare_argo_tunnel: ['secret'],
  cloudflare_workers_secret: ['secret_text'],
  grafana_api_key: ['key'],
  grafana_service_account_token: ['key'],
  grafana_cloud_api_key: ['key'],
  grafana_cloud_stack_service_account_token: ['key'],
  datadog_api_key: ['key'],
  datadog_application_key: ['key'],
  tailscale_tailnet_key: ['key'],
  tailscale_oauth_client: ['key'],
  newrelic_api_access_key: ['key'],
  logdna_key: ['key'],
  doppler_service_token: ['key'],
  infisical_secret: ['value'],
  honeycombio_api_key: ['key', 'secret'],
  wireguard_asymmetric_key: ['private_key'],
  wireguard_preshared_key: ['key'],
  oci_identity_customer_secret_key: ['key'],
  ibm_resource_key: ['credentials', 'credentials_json'],
  scaleway_secret_version: ['data'],
  elasticstack_elasticsearch_security_api_key: ['encoded'],
  argocd_account_token: ['jwt'],
  argocd_project_token: ['jwt'],
  acme_certificate: ['private_key_pem', 'certificate_p12'],
  local_sensitive_file: ['content', 'content_base64'],
  sops_file: ['data', 'raw'],
  bitwarden_item_secure_note: ['notes'],
  pass_password: ['password', 'full'],
  digitalocean_database_cluster: ['uri', 'private_uri'],
  mongodbatlas_project_api_key: ['private_key'],
  kind_cluster: ['client_key'],
  'aws:iam/accessKey:AccessKey': ['secret', 'sesSmtpPasswordV4'],
  'random:index/randomPassword:RandomPassword': ['result', 'bcryptHash'],
  'tls:index/privateKey:PrivateKey': ['privateKeyPem', 'privateKeyOpenssh', 'privateKeyPemPkcs8'],
  'aws:secretsmanager/secretVersion:SecretVersion': ['secretString', 'secretBinary'],
  'kubernetes:core/v1:Secret': ['data', 'stringData'],
};

/** Values of a type that are secret only where another attribute says so. */
const unlessPlain: Readonly<Record<string, (values: Readonly<Record<string, Json>>) => boolean>> = {
  aws_ssm_parameter: (values) => values['type'] === 'SecureString',
  tfe_variable: (values) => values['sensitive'] === true,
  azurerm_automation_variable_string: (values) => values['encrypted'] === true,
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
