import { isList, isObject, type Json, type Path } from '#proto/domain/json.ts';

/**
 * Where an object opens its node or its namespace, by values that no default and no admission of the API's own comes to.
 * Of an object that tells no owners these are compared whether or not its manifest speaks of them.
 */
export function dangers(value: Json | undefined, path: Path = []): readonly Path[] {
  if (isList(value)) return value.flatMap((item, index) => dangers(item, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => (opens(name, inner, path.at(-1)) ? [[...path, name]] : dangers(inner, [...path, name])));
}

function opens(name: string, value: Json, holder: string | number | undefined): boolean {
  if (holder === 'securityContext') return ofContainers.has(name) ? value === true : (name === 'runAsUser' && value === 0) || (name === 'procMount' && value === 'Unmasked');
  if (hostNamespaces.has(name)) return value === true;
  if (name === 'hostPath' || name === 'externalIPs') return typeof value === 'object' && value !== null;
  if (name === 'add') return holder === 'capabilities' && isList(value) && value.length > 0;
  return name === 'pod-security.kubernetes.io/enforce' && value === 'privileged';
}

const ofContainers = new Set(['privileged', 'allowPrivilegeEscalation']);
const hostNamespaces = new Set(['hostPID', 'hostIPC', 'hostNetwork']);
