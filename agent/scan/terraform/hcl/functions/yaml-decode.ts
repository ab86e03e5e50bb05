import { type Document, isAlias, isMap as isYamlMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from 'yaml';
import { numberOf, toText } from '../convert.ts';
import { Mistake, Untold } from '../mistake.ts';
import { isMap, type Value } from '../value.ts';

/** An alias repeats what it stands for; more than this is no configuration. */
const maxNodes = 100_000;

/** A document as terraform's `yamldecode` reads it: plain values by its own rules, which are of no version of YAML. */
export function decodeYaml(text: string): Value {
  const document = composed(text);
  let left = maxNodes;
  if (document.contents === null) throw new Mistake('the text holds no document');
  return read(document.contents);

  function read(node: unknown): Value {
    left -= 1;
    if (left < 0) throw new Untold('the document repeats itself without end');
    if (isAlias(node)) return read(node.resolve(document) ?? missing());
    if (isScalar(node)) return scalar(node);
    if (isSeq(node)) return tagged(node, ['!!seq', 'tag:yaml.org,2002:seq']).items.map(read);
    if (!isYamlMap(node)) return null;
    const found = new Map<string, Value>();
    for (const { key, value } of tagged(node, ['!!map', 'tag:yaml.org,2002:map']).items) {
      if (isScalar(key) && key.type === 'PLAIN' && key.source === '<<') mergeInto(found, read(value));
      else found.set(keyOf(read(key)), read(value));
    }
    return found;
  }
}

function mergeInto(found: Map<string, Value>, merged: Value): void {
  if (!isMap(merged)) throw new Untold('what is merged is no map');
  if (found.size > 0) throw new Untold('which of two merged keys holds is not decided here');
  for (const [key, value] of merged) found.set(key, value);
}

function missing(): never {
  throw new Mistake('an alias stands for nothing');
}

function keyOf(key: Value): string {
  if (key === null) throw new Mistake('a key is null');
  return toText(key);
}

function composed(text: string): Document {
  try {
    const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false });
    if (document.errors.length === 0) return document;
  } catch {
    // said below
  }
  throw new Mistake('the text is not YAML');
}

function tagged<T extends Node>(node: T, own: readonly string[]): T {
  const tag = 'tag' in node ? node.tag : undefined;
  if (typeof tag === 'string' && !own.includes(tag)) throw new Untold('a tag of YAML is not read here');
  return node;
}

function scalar(node: Scalar): Value {
  const isText = node.tag === '!!str' || node.tag === 'tag:yaml.org,2002:str';
  if (typeof node.tag === 'string' && !isText) throw new Untold('a tag of YAML is not read here');
  const text = (typeof node.value === 'string' ? node.value : (node.source ?? '')).normalize('NFC');
  return node.type === 'PLAIN' && !isText ? plain(text) : text;
}

const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, Value] => [word, null]),
  ...['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'y', 'Y'].map((word): [string, Value] => [word, true]),
  ...['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'n', 'N'].map((word): [string, Value] => [word, false]),
]);

function plain(text: string): Value {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (/^0x[0-9a-fA-F]+$/.test(text) || /^0o[0-7]+$/.test(text)) return numberOf(String(BigInt(text)));
  if (/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return numberOf(text);
  if (/^[-+]?\.(?:inf|nan)$/i.test(text) || /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt ])/.test(text)) throw new Untold('a value of this YAML is a date, or no number');
  return text;
}
