import { isList, isObject } from '#proto/domain/json.ts';
import type { StructureRule } from './mark.ts';

/** Defaults of parameters that a template declares `NoEcho`, and their values where a stack lists them beside it. */
export const noEcho: StructureRule = {
  name: 'structure/no-echo',
  keywords: ['noecho'],
  levels: 2,
  isCalledBy: (name) => name === 'NoEcho' || name === 'Parameters',
  *marks(object) {
    if (isTrue(object['NoEcho']) && Object.hasOwn(object, 'Default')) yield { path: ['Default'] };
    const declared = object['Parameters'];
    if (!isObject(declared)) return;
    const hidden = Object.entries(declared).filter(([, parameter]) => isObject(parameter) && isTrue(parameter['NoEcho'])).map(([name]) => name);
    for (const holder of ['ParameterValues', 'StackParameters']) {
      const given = object[holder];
      if (!isList(given)) continue;
      for (const [index, pair] of given.entries()) {
        if (isObject(pair) && hidden.some((name) => name === pair['ParameterKey'])) yield { path: [holder, index, 'ParameterValue'] };
      }
    }
  },
};

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 'True';
}
