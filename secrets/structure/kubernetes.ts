import { isObject } from '#proto/domain/json.ts';
import type { StructureRule } from './mark.ts';

/** Every value of a Secret, whatever its key. */
export const kubernetesSecret: StructureRule = {
  name: 'structure/kubernetes-secret',
  keywords: ['secret"', 'secret\\"'],
  levels: 1,
  isCalledBy: (name) => name === 'kind',
  *marks(object) {
    if (object['kind'] !== 'Secret') return;
    for (const holder of ['data', 'stringData']) {
      const values = object[holder];
      if (!isObject(values)) continue;
      for (const key of Object.keys(values)) yield { path: [holder, key] };
    }
  },
};

/** `auths` of a Docker configuration: user and password in base64. */
export const dockerAuths: StructureRule = {
  name: 'structure/docker-auth',
  keywords: ['auths'],
  levels: 1,
  isCalledBy: (name) => name === 'auths',
  *marks(object) {
    const auths = object['auths'];
    if (!isObject(auths)) return;
    for (const [registry, entry] of Object.entries(auths)) {
      if (!isObject(entry)) continue;
      for (const key of ['auth', 'password', 'identitytoken', 'registrytoken']) {
        if (typeof entry[key] === 'string') yield { path: ['auths', registry, key], kind: 'password' };
      }
    }
  },
};
