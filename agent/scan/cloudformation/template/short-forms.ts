import { type CollectionTag, type ScalarTag, type Tags, YAMLMap, type YAMLSeq } from 'yaml';
import type { Json } from '#proto/domain/json.ts';

/** More functions than these in one template are an attack; AWS has some thirty. */
const maxFunctions = 100;

/**
 * The functions that a text calls in their short form (`!Sub`), also those that AWS adds after this was written: none is
 * taken for the value that stands behind it. Null where they are too many.
 */
export function shortFormsIn(text: string): Tags | null {
  const names = new Set<string>();
  for (const [, name = ''] of text.matchAll(/!([A-Za-z][A-Za-z0-9]*)/g)) {
    names.add(name);
    if (names.size > maxFunctions) return null;
  }
  return [...names].flatMap((name) => [scalarForm(name), sequenceForm(name), mappingForm(name)]);
}

function scalarForm(name: string): ScalarTag {
  return { tag: `!${name}`, resolve: (text) => ({ [longName(name)]: name === 'GetAtt' ? splitAttribute(text) : text }) };
}

function sequenceForm(name: string): CollectionTag {
  return { tag: `!${name}`, collection: 'seq', resolve: (sequence) => wrapped(name, sequence) };
}

function mappingForm(name: string): CollectionTag {
  return { tag: `!${name}`, collection: 'map', resolve: (mapping) => wrapped(name, mapping) };
}

function wrapped(name: string, inner: YAMLMap | YAMLSeq): YAMLMap {
  const map = new YAMLMap();
  map.set(longName(name), inner);
  return map;
}

/** `Ref` and `Condition` keep their bare name. */
function longName(name: string): string {
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}

/** `!GetAtt Logical.Attribute.With.Dots` is a list of two in the long form. */
function splitAttribute(text: string): Json {
  const dot = text.indexOf('.');
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
