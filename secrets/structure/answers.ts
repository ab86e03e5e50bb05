import { isList, isObject } from '#proto/domain/json.ts';
import type { StructureRule } from './mark.ts';

/** The value of a parameter that its store keeps encrypted, as `aws ssm get-parameter --with-decryption` answers. */
export const secureParameter: StructureRule = {
  name: 'structure/secure-parameter',
  keywords: ['"securestring"', 'securestring\\"'],
  levels: 1,
  isCalledBy: (name) => name === 'Type' || name === 'type',
  *marks(object) {
    if (object['Type'] !== 'SecureString' && object['type'] !== 'SecureString') return;
    for (const key of ['Value', 'value']) if (typeof object[key] === 'string') yield { path: [key] };
  },
};

/** The keys of a storage account, as `az storage account keys list` answers. */
export const storageKeys: StructureRule = {
  name: 'structure/storage-key',
  keywords: ['"keyname"'],
  levels: 1,
  isCalledBy: (name) => name === 'keyName',
  *marks(object) {
    if (typeof object['keyName'] === 'string' && typeof object['permissions'] === 'string' && typeof object['value'] === 'string') yield { path: ['value'], kind: 'key' };
  },
};

/** What a Helm release was given as sensitive, whatever it is called. */
export const helmSensitive: StructureRule = {
  name: 'structure/marked-sensitive',
  keywords: ['set_sensitive'],
  levels: 1,
  isCalledBy: (name) => name === 'set_sensitive',
  *marks(object) {
    const given = object['set_sensitive'];
    if (!isList(given)) return;
    for (const [index, pair] of given.entries()) if (isObject(pair) && Object.hasOwn(pair, 'value')) yield { path: ['set_sensitive', index, 'value'] };
  },
};
