import { stripTypeScriptTypes } from 'node:module';
import { posix } from 'node:path';
import { quietly } from './kernel.ts';

/**
 * Makes one CommonJS file of a few of our own modules, by the shapes that this house writes: named imports on one line,
 * exported functions and constants. Anything else is refused rather than guessed.
 */
export function oneFile(entry: string, read: (file: string) => string): string {
  const bodies = new Map<string, string>();
  add(entry);
  const list = [...bodies].map(([file, body]) => `${JSON.stringify(file)}: (exports) => {\n${body}\n}`);
  return `'use strict';\nconst made = new Map();\nconst modules = {\n${list.join(',\n')}\n};\nfunction take(name) {\n  if (!made.has(name)) {\n    const exports = {};\n    made.set(name, exports);\n    modules[name](exports);\n  }\n  return made.get(name);\n}\ntake(${JSON.stringify(entry)});\n`;

  function add(file: string): void {
    if (bodies.has(file)) return;
    bodies.set(file, ''); // a circle would end here; there is none
    const source = quietly(() => stripTypeScriptTypes(read(file)));
    const exported = [...source.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => `exports.${name} = ${name};`);
    const body = source
      .replaceAll(/^import \{([^}]*)\} from '([^']+)';$/gm, (_, names: string, from: string) => {
        const wanted = names.split(',').map((name) => name.trim().replace(/^(\w+) as (\w+)$/, '$1: $2')).filter((name) => name !== '');
        if (!from.startsWith('.')) return `const { ${wanted.join(', ')} } = require(${JSON.stringify(from)});`;
        const other = posix.join(posix.dirname(file), from);
        add(other);
        return `const { ${wanted.join(', ')} } = take(${JSON.stringify(other)});`;
      })
      .replaceAll(/^export (?=function|const)/gm, '');
    if (/^(?:import|export)\b/m.test(body)) throw new Error(`${file} is written in a way that cannot be made part of one file`);
    bodies.set(file, `${body}\n${exported.join('\n')}`);
  }
}
