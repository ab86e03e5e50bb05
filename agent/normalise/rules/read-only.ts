import { inDocument, inUserMap, isElement, isOfFamily, isTool } from '../place.ts';
import type { Place, Rule } from '../rule.ts';

/** `last_modified`, `update_time`, a cluster's `status`: what the provider writes for itself. */
export const readOnly: Rule = {
  name: 'read-only',
  reason: 'The provider alone writes this value, and it changes without anyone having changed a setting.',
  appliesTo: (place) => isPolicyNote(place) || (isTool(place, 'terraform', 'pulumi', 'cloudformation') && !inDocument(place) && !inUserMap(place) && !isElement(place) && isWrittenByProvider(place)),
  canonical: () => undefined,
};

const anywhere = new Set([
  'lastmodified', 'lastmodifieddate', 'lastmodifiedtime', 'lastmodifiedtimestamp', 'lastupdated', 'lastupdatedat', 'lastupdatedtime', 'lastupdatedon',
  'updatedat', 'updatetime', 'updatedtime', 'updatedon', 'createdat', 'createtime', 'createdtime', 'createdon', 'creationtime', 'creationdate',
  'creationtimestamp', 'createddate', 'createdtimestamp', 'latestrestorabletime', 'earliestrestoretime', 'lastdecreasedatetime', 'metageneration',
  'lastlogintime', 'passwordlastused', 'lastaccesstime', 'lastuseddate', 'lastchangedate', 'lastrotateddate', 'uniquewriteridentity', 'attachmentcount',
]);

/** Where a state or a version is nothing that code could ask for. `etag` is not here for objects: there it is the content. */
const byFamily: readonly (readonly [string, ReadonlySet<string>])[] = [
  ['aws_db_instance', new Set(['status', 'replicas', 'endpoint', 'hostedzoneid', 'engineversionactual'])],
  ['aws_rds_cluster', new Set(['status', 'clustermembers', 'readerendpoint', 'engineversionactual', 'writer', 'cacertificatevalidtill'])],
  ['aws_docdb_cluster', new Set(['clustermembers', 'writer'])],
  ['aws_neptune_cluster', new Set(['clustermembers', 'writer'])],
  ['aws_instance', new Set(['instancestate', 'publicip', 'publicdns', 'passworddata'])],
  ['aws_spot_instance_request', new Set(['instancestate', 'publicip', 'publicdns', 'passworddata', 'spotbidstatus', 'spotrequeststate'])],
  ['aws_launch_template', new Set(['latestversion'])], // what a version changed stands beside it; which one is used is default_version
  ['aws_ec2_managed_prefix_list', new Set(['version'])],
  ['aws_vpn_connection', new Set(['vgwtelemetry'])],
  ['aws_vpc_endpoint', new Set(['cidrblocks', 'networkinterfaceids'])], // the service's ranges, and what follows the subnets
  ['aws_efs_file_system', new Set(['name', 'sizeinbytes'])], // the name is the tag Name, where it is told
  ['aws_redshift_cluster', new Set(['clusternodes'])],
  ['aws_memorydb_cluster', new Set(['shards', 'enginepatchversion'])],
  ['aws_msk_', new Set(['currentversion', 'latestrevision'])],
  ['aws_mq_configuration', new Set(['latestrevision'])],
  ['aws_networkfirewall_', new Set(['updatetoken'])],
  ['aws_eks_', new Set(['status', 'platformversion'])],
  ['aws_acm_certificate', new Set(['status', 'renewalsummary', 'renewaleligibility', 'pendingrenewal', 'validationemails'])],
  ['aws_cloudfront_', new Set(['status', 'etag', 'inprogressvalidationbatches', 'callerreference'])],
  ['aws_ssm_parameter', new Set(['version'])],
  ['aws_wafv2_', new Set(['locktoken'])],
  ['aws_cognito_user_pool', new Set(['estimatednumberofusers'])],
  ['aws_lambda_function', new Set(['version', 'qualifiedarn', 'qualifiedinvokearn'])],
  ['aws_elasticache_', new Set(['cachenodes', 'memberclusters', 'engineversionactual'])],
  ['aws_autoscaling_group', new Set(['predictedcapacity', 'warmpoolsize'])],
  ['aws_ecs_service', new Set(['deployments', 'runningcount', 'pendingcount'])],
  ['aws_vpc_peering_connection', new Set(['acceptstatus'])],
  ['aws_dynamodb_table', new Set(['streamlabel', 'streamarn'])],
  ['google_sql_database_instance', new Set(['version', 'availablemaintenanceversions'])],
  ['github_', new Set(['etag'])],
  ['azurerm_', new Set(['etag', 'provisioningstate'])],
  ['google_', new Set(['etag', 'fingerprint', 'labelfingerprint', 'metadatafingerprint', 'tagsfingerprint', 'currentstatus', 'cpuplatform', 'observedgeneration', 'numericid'])],
];

function isWrittenByProvider(place: Place): boolean {
  const name = place.name;
  return anywhere.has(name) || byFamily.some(([family, names]) => names.has(name) && isOfFamily(place, family) && !place.type.includes('object'));
}

/** What Azure writes into the metadata of a policy beside what the author put there. */
function isPolicyNote(place: Place): boolean {
  return place.names[0] === 'metadata' && /^(?:created|updated)(?:by|on)$/.test(place.name) && isOfFamily(place, 'azurerm_policy_', 'azurerm_management_group_policy_');
}
