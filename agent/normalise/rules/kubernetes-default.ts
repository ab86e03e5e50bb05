import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { isEmpty, keyOfValue } from '../fields.ts';
import { inUserMap, isElement, isTool } from '../place.ts';
import type { Place, Rule } from '../rule.ts';

/** A manifest that leaves `restartPolicy` out against the `Always` that the API server fills in. */
export const kubernetesDefault: Rule = {
  name: 'kubernetes-default',
  reason: 'The API server fills in this value where a manifest leaves it out.',
  appliesTo: (place) => isTool(place, 'kubernetes') && !isElement(place) && !inUserMap(place) && hasDefaults(place),
  explains: ({ before, after, whole }, place) => {
    const defaults = [...defaultsAt(place), ...limitDefaults(whole.after, place)];
    const isDefault = (value: Json | undefined): boolean => value !== undefined && defaults.some((one) => keyOfValue(one) === keyOfValue(value));
    return (isEmpty(before) && isDefault(after)) || (isEmpty(after) && isDefault(before));
  },
};

/** Of the API's own kinds, and of a pod's template in any other; else the same name is somebody's wish. */
function hasDefaults({ type, names }: Place): boolean {
  return /^kubernetes:(?:v1|apps|batch|autoscaling|policy|extensions|[\w.-]+\.k8s\.io)[/:]/.test(type) || names.some((name) => podTemplates.has(name));
}

const podTemplates = new Set(['containers', 'initcontainers', 'template', 'podtemplate', 'podspec']);

/** By the last names of the path, most names first where one name has several meanings. From the API reference, v1.32. */
const defaults = new Map<string, readonly Json[]>([
  ['restartpolicy', ['Always']], ['dnspolicy', ['ClusterFirst']], ['schedulername', ['default-scheduler']], ['terminationgraceperiodseconds', [30]],
  ['terminationmessagepath', ['/dev/termination-log']], ['terminationmessagepolicy', ['File']], ['imagepullpolicy', ['IfNotPresent', 'Always']],
  ['protocol', ['TCP']], ['securitycontext', [{}]], ['enableservicelinks', [true]], ['serviceaccountname', ['default']], ['serviceaccount', ['default']],
  ['sessionaffinity', ['None']], ['internaltrafficpolicy', ['Cluster']], ['externaltrafficpolicy', ['Cluster']], ['ipfamilypolicy', ['SingleStack']], ['ipfamilies', [['IPv4']]],
  ['allocateloadbalancernodeports', [true]], ['revisionhistorylimit', [10]], ['progressdeadlineseconds', [600]], ['podmanagementpolicy', ['OrderedReady']],
  ['strategy', [{ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } }, { type: 'RollingUpdate' }]],
  ['updatestrategy', [{ type: 'RollingUpdate', rollingUpdate: { partition: 0 } }, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }, { type: 'RollingUpdate' }]],
  ['strategy.type', ['RollingUpdate']], ['updatestrategy.type', ['RollingUpdate']], ['rollingupdate.maxsurge', ['25%', 0]], ['rollingupdate.maxunavailable', ['25%', 1]], ['rollingupdate.partition', [0]],
  ['persistentvolumeclaimretentionpolicy', [{ whenDeleted: 'Retain', whenScaled: 'Retain' }]], ['volumemode', ['Filesystem']], ['defaultmode', [420]],
  ['livenessprobe.successthreshold', [1]], ['livenessprobe.failurethreshold', [3]], ['livenessprobe.periodseconds', [10]], ['livenessprobe.timeoutseconds', [1]],
  ['readinessprobe.successthreshold', [1]], ['readinessprobe.failurethreshold', [3]], ['readinessprobe.periodseconds', [10]], ['readinessprobe.timeoutseconds', [1]],
  ['startupprobe.successthreshold', [1]], ['startupprobe.failurethreshold', [3]], ['startupprobe.periodseconds', [10]], ['startupprobe.timeoutseconds', [1]],
  ['httpget.scheme', ['HTTP']], ['fieldref.apiversion', ['v1']], ['hostpath.type', ['']], ['spec.suspend', [false]],
  ['backofflimit', [6]], ['completions', [1]], ['parallelism', [1]], ['completionmode', ['NonIndexed']], ['concurrencypolicy', ['Allow']], ['successfuljobshistorylimit', [3]],
  ['failedjobshistorylimit', [1]], ['podreplacementpolicy', ['TerminatingOrFailed']], ['webhooks.timeoutseconds', [10]], ['webhooks.failurepolicy', ['Fail']],
  ['webhooks.matchpolicy', ['Equivalent']], ['reinvocationpolicy', ['Never']], ['rules.scope', ['*']], ['service.port', [443]], ['objectselector', [{}]], ['namespaceselector', [{}]],
  ['persistentvolumereclaimpolicy', ['Retain']], ['volumebindingmode', ['Immediate']], ['reclaimpolicy', ['Delete']], ['preemptionpolicy', ['PreemptLowerPriority']],
  ['initialdelayseconds', [0]], ['minreadyseconds', [0]], ['hostnetwork', [false]], ['hostpid', [false]], ['hostipc', [false]], ['stdin', [false]], ['stdinonce', [false]], ['tty', [false]],
  ['spec.paused', [false]], ['volumemounts.readonly', [false]], ['publishnotreadyaddresses', [false]], ['tolerations.operator', ['Equal']],
  ['privileged', [false]], ['runasnonroot', [false]], ['readonlyrootfilesystem', [false]], ['readonly', [false]], ['optional', [false]], ['immutable', [false]], ['globaldefault', [false]], ['allowvolumeexpansion', [false]], ['shareprocessnamespace', [false]], ['sethostnameasfqdn', [false]],
  ['httpget.path', ['/']],
  ['whenunsatisfiable', ['DoNotSchedule']], ['pathtype', ['ImplementationSpecific']], ['conversion', [{ strategy: 'None' }]], ['subjects.apigroup', ['rbac.authorization.k8s.io']],
]);

/** Only on some kinds: elsewhere the same name is somebody's wish. */
const perKind = new Map<string, readonly Json[]>([
  ['Service type', ['ClusterIP']], ['Deployment replicas', [1]], ['StatefulSet replicas', [1]], ['ReplicaSet replicas', [1]], ['Secret type', ['Opaque']],
  ['CustomResourceDefinition preserveunknownfields', [false]], ['NetworkPolicy policytypes', [['Ingress']]],
]);

/** A limit that is left out is its neighbour's: `default` is `max`, and `defaultRequest` is `default` or `min`. */
function limitDefaults(range: JsonObject, { type, steps }: Place): readonly Json[] {
  const [spec, limits, index, kind, resource] = steps;
  if (!type.endsWith('/LimitRange') || spec !== 'spec' || limits !== 'limits' || typeof index !== 'number' || typeof kind !== 'string') return [];
  const list = isObject(range['spec']) ? range['spec']['limits'] : undefined;
  const limit = isList(list) ? list[index] : undefined;
  if (!isObject(limit)) return [];
  return (neighbours[kind] ?? []).flatMap((name) => {
    const value = typeof resource === 'string' && isObject(limit[name]) ? limit[name][resource] : limit[name];
    return value === undefined ? [] : [value];
  });
}

const neighbours: Readonly<Record<string, readonly string[]>> = { default: ['max'], defaultRequest: ['default', 'min', 'max'] };

function defaultsAt(place: Place): readonly Json[] {
  const names = place.names;
  const [name = '', holder = ''] = [names.at(-1), names.at(-2)];
  const kind = place.type.split('/').at(-1) ?? '';
  if (name === 'namespaceselector' || name === 'objectselector') return holder === 'webhooks' ? [{}] : [];
  return [...(perKind.get(`${kind} ${name}`) ?? []), ...(defaults.get(`${holder}.${name}`) ?? defaults.get(name) ?? [])];
}
