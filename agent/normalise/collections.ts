import { isAwsSet } from './aws-sets.ts';
import { isCloudFormationSet } from './cloudformation-sets.ts';
import { isAlternatives } from './event-pattern.ts';
import { isElement, inDocument, inPolicy, isOfFamily, isTool, namesInDocument } from './place.ts';
import type { Place } from './rule.ts';

/** How a list's elements belong together: by position, by being equal, or by the value of identifying fields. */
export type Collection = { readonly kind: 'ordered' } | { readonly kind: 'set' } | { readonly kind: 'keyed'; readonly keys: readonly string[] };

/** What is known of the list at this place; a list that nobody knows is ordered, so that no order is lost. */
export function collectionAt(place: Place): Collection {
  if (isElement(place)) return ordered;
  if (inPolicy(place)) return policyLists.has(namesInDocument(place).at(-1) ?? '') || isCondition(place) ? set : ordered;
  if (isAlternatives(place)) return set;
  if (inDocument(place)) return ordered;
  const name = place.name;
  if (name === 'metrics' && place.type.endsWith('/HorizontalPodAutoscaler')) return set;
  if (endpointLists.has(name) && /\/Endpoint(?:s|Slice)$/.test(place.type)) return set;
  if ((name === 'required' || name === 'enum') && place.type.endsWith('/CustomResourceDefinition')) return set;
  if (name === 'rules' && /\/(?:Cluster)?Role$/.test(place.type)) return set; // each grants by itself
  const spelled = spellings(place);
  if (spelled.some(isAwsSet) || isCloudFormationSet(place)) return set;
  const keys = keyedLists.find(([family, list]) => spelled.some((one) => one.name === list) && isOfFamily(place, family))?.[2];
  if (keys !== undefined) return { kind: 'keyed', keys };
  if (spelled.some((one) => neverSets.has(one.name))) return ordered;
  if (isTool(place, 'kubernetes') || place.type.startsWith('kubernetes_')) return kubernetesList(place, name);
  if (spelled.some((one) => ofFamilies.some(([family, names]) => names.has(one.name) && isOfFamily(one, family)))) return set;
  return spelled.some((one) => sets.has(one.name) || setEndings.test(one.name)) ? set : ordered;
}

/** Pulumi calls lists by the plural of the name that they have with Terraform: `vpcZoneIdentifiers`. */
function spellings(place: Place): readonly Place[] {
  const single = place.name.replace(/ies$/, 'y').replace(/(?<=s|x|z|ch|sh)es$/, '').replace(/(?<![su])s$/, '');
  return isTool(place, 'pulumi') && single !== place.name ? [place, { ...place, name: single }] : [place];
}

const endpointLists = new Set(['endpoints', 'subsets', 'addresses', 'notreadyaddresses']);

/** Names that mean something else elsewhere. */
const ofFamilies: readonly (readonly [string, ReadonlySet<string>])[] = [
  ['docker_container', new Set(['env', 'envs', 'ports', 'mounts', 'networksadvanced', 'upload'])], ['helm_release', new Set(['set', 'setsensitive', 'setlist'])],
  ['aws_iam_openid_connect_provider', new Set(['thumbprintlist'])], // any of them will do
  ['azurerm_', new Set(['connectionstring', 'enabledlog', 'log', 'metric', 'protocols', 'storageaccount', 'backendaddresspool', 'backendhttpsettings', 'httplistener', 'requestroutingrule', 'probe', 'frontendport', 'urlpathmap', 'sslcertificate', 'virtualnetworkrule'])],
  ['google_compute_', new Set(['hosts', 'hostrule', 'pathmatcher', 'backend', 'test'])],
  ['github_', new Set(['contexts', 'pushrestrictions', 'dismissalrestrictions'])], ['vault_', new Set(['policies', 'tokenpolicies', 'allowedroles', 'alloweddomains'])],
  ['fastly_service', new Set(['domain', 'backend', 'header', 'healthcheck', 'gzip', 'snippet'])], ['tls_', new Set(['alloweduses', 'dnsnames'])],
];

/** Lists whose entries have a name of their own, by which alone the cloud knows them. */
const keyedLists: readonly (readonly [string, string, readonly string[]])[] = [
  ['aws_s3_bucket_lifecycle_configuration', 'rule', ['id']], ['aws_s3_bucket', 'lifecyclerule', ['id']],
  ['aws_s3_bucket_replication_configuration', 'rule', ['id']], // which comes first is told by its priority
  ['aws_s3_bucket_notification', 'queue', ['id']], ['aws_s3_bucket_notification', 'topic', ['id']], ['aws_s3_bucket_notification', 'lambdafunction', ['id']],
  ['aws_codebuild_project', 'environmentvariable', ['name']],
];

/** Maps that their writer names whole. Kubernetes is not among them: there several writers own keys of one map. */
export function isMap(place: Place): boolean {
  if (isTool(place, 'kubernetes')) return place.steps.length === 1 && place.name === 'data'; // of a ConfigMap or a Secret, which has one writer
  return maps.has(place.name) && !isElement(place);
}

/** Several hands write the entries of these, so that the map is nobody's and an entry is somebody's. */
export function isFrame(place: Place): boolean {
  if (!isTool(place, 'kubernetes') || isElement(place)) return false;
  return place.steps.length === 1 ? frames.has(place.name) : place.name === 'metadata' || place.names.at(-2) === 'metadata' && frames.has(place.name);
}

const frames = new Set(['metadata', 'labels', 'annotations', 'data', 'binarydata']);

const maps = new Set(['tags', 'labels', 'annotations', 'variables', 'environmentvariables', 'appsettings', 'data', 'matchlabels', 'nodeselector', 'defaultarguments', 'metadata']);

const ordered: Collection = { kind: 'ordered' };
const set: Collection = { kind: 'set' };

/** Sequence is meaning: programs run in it, the first match wins, or the first entry is preferred. */
const neverSets = new Set([
  'command', 'args', 'arguments', 'entrypoint', 'commands', 'inline', 'runcmd', 'script', 'scripts', 'steps', 'stages', 'stage', 'action',
  'actions', 'rule', 'rules', 'orderedcachebehavior', 'origingroup', 'domainnameservers', 'nameservers', 'dnsservers', 'ntpservers',
  'layers', 'terminationpolicies', 'routingrules', 'transforms', 'columns', 'partitionkeys', 'sortcolumns', 'priority', 'initcontainers',
]);

/** Attributes that their providers keep as sets, spelling folded. */
const sets = new Set([
  'ingress', 'egress', 'securitygroupingress', 'securitygroupegress', 'cidrblocks', 'ipv6cidrblocks', 'prefixlistids', 'securitygroups',
  'vpcsecuritygroupids', 'subnets', 'availabilityzones', 'availabilityzonenames', 'zones', 'managedpolicyarns', 'policyarns',
  'loadbalancers', 'targetgrouparns', 'classiclinkvpcsecuritygroups', 'route', 'routes', 'ebsblockdevice', 'ephemeralblockdevice',
  'volume', 'volumes', 'tag', 'tags', 'labels', 'aliases', 'subjectalternativenames', 'allowedmethods', 'cachedmethods', 'allowmethods',
  'allowheaders', 'alloworigins', 'exposeheaders', 'records', 'resourcerecords', 'nodegroups', 'instancetypes', 'requirescompatibilities',
  'capabilities', 'capacityproviders', 'enabledclusterlogtypes', 'enabledcloudwatchlogsexports', 'publicaccesscidrs',
  'authorizednetworks', 'sourceranges', 'destinationranges', 'targettags', 'sourcetags', 'sourceserviceaccounts', 'members', 'scopes',
  'oauthscopes', 'allow', 'deny', 'allowed', 'denied', 'sourceaddressprefixes', 'destinationaddressprefixes', 'sourceportranges',
  'destinationportranges', 'applicationsecuritygroupids', 'securityrule', 'iprules', 'virtualnetworksubnetids', 'bypass', 'addressspace',
  'identityids', 'keypermissions', 'secretpermissions', 'certificatepermissions', 'storagepermissions', 'groups', 'users', 'roles',
  'parameter', 'parameters', 'setting', 'option', 'dimensions', 'logging', 'globalsecondaryindex', 'localsecondaryindex', 'attribute',
  'attributedefinitions', 'replica', 'lambdafunction', 'topic', 'queue', 'events', 'filterprefix', 'accountids', 'principals',
  'notificationarns', 'alarmactions', 'okactions', 'insufficientdataactions', 'services', 'permissions', 'includedpermissions',
  'serviceendpoints', 'delegation', 'networkinterfaceids', 'endpoints', 'customheader', 'cookies', 'headers',
  'querystringcachekeys', 'explicitauthflows', 'allowedoauthflows', 'allowedoauthscopes', 'callbackurls', 'logouturls',
  'taint', 'taints', 'accesspolicy', 'accesspolicies', 'geolocation', 'databaseflags', 'includedeventtypes', 'topics', 'redirecturis', 'granttypes', 'responsetypes',
  'postlogoutredirecturis', 'sourceips', 'destinationips', 'sourceaddresses', 'destinationaddresses', 'sourcetags', 'inboundrule', 'outboundrule', 'privileges', 'notificationchannels',
  'resourcepolicies', 'accessconfigs', 'allowedips', 'allowedvalues', 'consumeracceptlist', 'secretenvironmentvariables', 'emailreceiver', 'webhookreceiver', 'smsreceiver', 'exclusions',
  'enabledmetrics', 'vpczoneidentifier', 'supportedidentityproviders',
]);

const setEndings = /(?:subnetids|securitygroupids|groupids|routetableids|instanceids|arns|cidrs|cidrblocks|ipranges|ipaddresses|domainnames|eventtypes|logtypes|permissions|groupnames)$/;

const policyLists = new Set(['Statement', 'Action', 'NotAction', 'Resource', 'NotResource', 'AWS', 'Service', 'Federated', 'CanonicalUser']);

/** Values of a condition key are alternatives: Statement.Condition.<operator>.<key>. */
function isCondition(place: Place): boolean {
  const names = namesInDocument(place);
  return names.length === 4 && names[1] === 'Condition';
}

/** Merge keys as the API's schema declares them (`x-kubernetes-list-map-keys`), spelling folded to lower case. */
function kubernetesList(place: Place, name: string): Collection {
  if (name === 'ports' || name === 'port') {
    return { kind: 'keyed', keys: place.names.some((part) => part.includes('container')) ? ['containerPort', 'protocol'] : ['port', 'protocol'] };
  }
  const keys = mergeKeys.get(name);
  if (keys !== undefined) return { kind: 'keyed', keys };
  return kubernetesSets.has(name) ? set : ordered;
}

const mergeKeys = new Map<string, readonly string[]>([
  ['containers', ['name']], ['container', ['name']], ['ephemeralcontainers', ['name']], ['volumes', ['name']], ['volume', ['name']],
  ['env', ['name']], ['volumemounts', ['mountPath']], ['volumemount', ['mountPath']], ['volumedevices', ['devicePath']],
  ['imagepullsecrets', ['name']], ['hostaliases', ['ip']], ['conditions', ['type']], ['secrets', ['name']],
  ['topologyspreadconstraints', ['topologyKey', 'whenUnsatisfiable']], ['ownerreferences', ['uid']], ['webhooks', ['name']],
  ['versions', ['name']], ['resourceclaims', ['name']], ['readinessgates', ['conditionType']], ['volumeclaimtemplates', ['metadata.name']],
]);

const kubernetesSets = new Set(['from', 'to', 'ingress', 'egress', 'matchexpressions', 'finalizers', 'accessmodes', 'verbs', 'apigroups', 'resources', 'resourcenames', 'policytypes', 'subjects', 'add', 'drop', 'shortnames', 'categories',
  'operations', 'apiversions', 'hosts', 'hostnames', 'values', 'externalips', 'loadbalancersourceranges', 'supplementalgroups', 'nodeselectorterms', 'nonresourceurls', 'tolerations', 'dnsnames', 'usages']);
