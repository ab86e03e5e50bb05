import { collectionFunctions } from './collections.ts';
import { dateFunctions } from './dates.ts';
import { encodingFunctions } from './encoding.ts';
import { fileFunctions, type Files } from './files.ts';
import { networkFunctions } from './network.ts';
import { numberFunctions } from './numbers.ts';
import { reshapingFunctions } from './reshaping.ts';
import type { FunctionTable } from './rule.ts';
import { setFunctions } from './sets.ts';
import { stringFunctions } from './strings.ts';
import { typeFunctions } from './types.ts';

/** Every function that is evaluated. One that is not (`timestamp`, `uuid`, `bcrypt`…) comes to an unknown value. */
export function allFunctions(files: Files): FunctionTable {
  return {
    ...collectionFunctions,
    ...dateFunctions,
    ...encodingFunctions,
    ...fileFunctions(files),
    ...networkFunctions,
    ...numberFunctions,
    ...reshapingFunctions,
    ...setFunctions,
    ...stringFunctions,
    ...typeFunctions,
  };
}
