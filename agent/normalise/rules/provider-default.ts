import type { Json } from '#proto/domain/json.ts';
import { isEmpty, keyOfValue } from '../fields.ts';
import { inDocument, isOfFamily, isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** A setting that nobody set against the default that the provider answers with. */
export const providerDefault: Rule = {
  name: 'provider-default',
  reason: 'Nobody set this, and what is there is what the provider gives to everyone.',
  appliesTo: (place) => isTool(place, 'terraform', 'pulumi', 'cloudformation') && !inDocument(place) && place.steps.length === 1,
  explains: ({ before, after }, place) => isEmpty(before) && after !== undefined && knownDefaults.some(([family, name, value]) =>
    name === place.name && keyOfValue(value) === keyOfValue(after) && isOfFamily(place, family)),
};

/** Type (as it begins), attribute, default: from the providers' own documentation. Never one that weakens by being set. */
const knownDefaults: readonly (readonly [string, string, Json])[] = [
  ['aws_instance', 'tenancy', 'default'], ['aws_instance', 'monitoring', false], ['aws_instance', 'sourcedestcheck', true], ['aws_instance', 'hibernation', false],
  ['aws_instance', 'instanceinitiatedshutdownbehavior', 'stop'], ['aws_instance', 'disableapistop', false], ['aws_instance', 'getpassworddata', false],
  ['aws_vpc', 'instancetenancy', 'default'], ['aws_vpc', 'enablednssupport', true], ['aws_vpc', 'enablenetworkaddressusagemetrics', false],
  ['aws_subnet', 'enabledns64', false], ['aws_subnet', 'ipv6native', false], ['aws_subnet', 'privatednshostnametypeonlaunch', 'ip-name'],
  ['aws_subnet', 'enableresourcenamednsarecordonlaunch', false], ['aws_subnet', 'enableresourcenamednsaaaarecordonlaunch', false],
  ['aws_subnet', 'assignipv6addressoncreation', false], ['aws_subnet', 'mapcustomerownediponlaunch', false],
  ['aws_s3_bucket', 'requestpayer', 'BucketOwner'], ['aws_s3_bucket', 'objectlockenabled', false],
  ['aws_lambda_function', 'memorysize', 128], ['aws_lambda_function', 'timeout', 3], ['aws_lambda_function', 'packagetype', 'Zip'], ['aws_lambda_function', 'architectures', ['x86_64']],
  ['aws_lambda_function', 'reservedconcurrentexecutions', -1], ['aws_lambda_function', 'ephemeralstorage', [{ size: 512 }]], ['aws_lambda_function', 'tracingconfig', [{ mode: 'PassThrough' }]],
  ['aws_iam_role', 'path', '/'], ['aws_iam_role', 'maxsessionduration', 3600], ['aws_iam_user', 'path', '/'], ['aws_iam_policy', 'path', '/'], ['aws_iam_group', 'path', '/'],
  ['aws_sqs_queue', 'delayseconds', 0], ['aws_sqs_queue', 'maxmessagesize', 262_144], ['aws_sqs_queue', 'messageretentionseconds', 345_600], ['aws_sqs_queue', 'visibilitytimeoutseconds', 30],
  ['aws_sqs_queue', 'receivewaittimeseconds', 0], ['aws_sqs_queue', 'fifoqueue', false], ['aws_sqs_queue', 'sqsmanagedsseenabled', true],
  ['aws_cloudwatch_log_group', 'retentionindays', 0], ['aws_cloudwatch_log_group', 'loggroupclass', 'STANDARD'],
  ['aws_dynamodb_table', 'billingmode', 'PROVISIONED'], ['aws_dynamodb_table', 'tableclass', 'STANDARD'], ['aws_ecr_repository', 'imagetagmutability', 'MUTABLE'],
  ['aws_lb', 'ipaddresstype', 'ipv4'], ['aws_lb', 'idletimeout', 60], ['aws_lb', 'enablehttp2', true], ['aws_lb', 'desyncmitigationmode', 'defensive'], ['aws_lb', 'clientkeepalive', 3600],
  ['aws_lb', 'xffheaderprocessingmode', 'append'], ['aws_lb_target_group', 'deregistrationdelay', 300], ['aws_lb_target_group', 'slowstart', 0], ['aws_lb_target_group', 'protocolversion', 'HTTP1'],
  ['aws_db_instance', 'networktype', 'IPV4'], ['aws_db_instance', 'storagethroughput', 0], ['aws_db_instance', 'iops', 0], ['aws_db_instance', 'dedicatedlogvolume', false],
  ['aws_db_instance', 'copytagstosnapshot', false], ['aws_db_instance', 'autominorversionupgrade', true], ['aws_db_instance', 'enginelifecyclesupport', 'open-source-rds-extended-support'],
  ['aws_ebs_volume', 'multiattachenabled', false], ['aws_eip', 'publicipv4pool', 'amazon'], ['aws_nat_gateway', 'connectivitytype', 'public'],
  ['aws_ecs_service', 'schedulingstrategy', 'REPLICA'], ['aws_ecs_service', 'deploymentminimumhealthypercent', 100], ['aws_ecs_service', 'deploymentmaximumpercent', 200],
  ['aws_kms_key', 'keyusage', 'ENCRYPT_DECRYPT'], ['aws_kms_key', 'customermasterkeyspec', 'SYMMETRIC_DEFAULT'], ['aws_kms_key', 'isenabled', true], ['aws_kms_key', 'multiregion', false],
  ['aws_glue_job', 'executionclass', 'STANDARD'], ['aws_sns_topic', 'fifotopic', false], ['aws_sns_topic', 'signatureversion', 0], ['aws_launch_template', 'updatedefaultversion', false],
  ['aws_security_group', 'description', 'Managed by Terraform'], ['aws_autoscaling_group', 'healthcheckgraceperiod', 300], ['aws_autoscaling_group', 'defaultcooldown', 300],
  ['aws_route53_zone', 'comment', 'Managed by Terraform'], ['aws_secretsmanager_secret', 'recoverywindowindays', 30], ['aws_cloudfront_distribution', 'httpversion', 'http2'],
  ['azurerm_storage_account', 'accountkind', 'StorageV2'], ['azurerm_storage_account', 'accesstier', 'Hot'], ['azurerm_storage_account', 'dnsendpointtype', 'Standard'],
  ['azurerm_virtual_network', 'flowtimeoutinminutes', 0], ['azurerm_public_ip', 'ipversion', 'IPv4'], ['azurerm_public_ip', 'idletimeoutinminutes', 4], ['azurerm_managed_disk', 'networkaccesspolicy', 'AllowAll'],
  ['google_storage_bucket', 'storageclass', 'STANDARD'], ['google_storage_bucket', 'publicaccessprevention', 'inherited'], ['google_storage_bucket', 'defaulteventbasedhold', false], ['google_storage_bucket', 'rpo', 'DEFAULT'],
  ['google_compute_network', 'routingmode', 'REGIONAL'], ['google_compute_network', 'mtu', 1460], ['google_compute_network', 'networkfirewallpolicyenforcementorder', 'AFTER_CLASSIC_FIREWALL'],
  ['google_compute_subnetwork', 'purpose', 'PRIVATE'], ['google_compute_subnetwork', 'stacktype', 'IPV4_ONLY'], ['google_compute_instance', 'canipforward', false], ['google_compute_firewall', 'priority', 1000],
  ['google_compute_firewall', 'direction', 'INGRESS'], ['google_compute_disk', 'physicalblocksizebytes', 4096], ['google_sql_database', 'deletionpolicy', 'DELETE'],
];
