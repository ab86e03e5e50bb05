import { field } from '../fields.ts';
import type { Pair, Rule, Value } from '../rule.ts';

/** `v=spf1 -all` against `"v=spf1 -all"`: the writing of zone files. */
export const txtQuotes: Rule = {
  name: 'txt-quotes',
  reason: 'The text of a TXT record, once in the quotes of a zone file and once without.',
  appliesTo: (place) => /^(?:records?|rrdatas|resourcerecords|value|content)$/.test(place.name),
  explains: (pair) => isTxt(pair) && typeof pair.before === 'string' && typeof pair.after === 'string' && textOf(pair.before) === textOf(pair.after),
};

function isTxt({ parent, whole }: Pair): boolean {
  const kinds = [parent, whole].flatMap(({ before, after }) => [before, after]).flatMap((object): Value[] => ['type', 'Type', 'record_type'].map((name) => field(object, name)));
  return kinds.some((kind) => kind === 'TXT' || kind === 'SPF');
}

/** What stands between the quotes; pieces are put together only where the first is as long as one can be (RFC 1035, 3.3). */
function textOf(written: string): string {
  const pieces = [...written.matchAll(/"((?:[^"\\]|\\.)*)"\s*/gy)];
  if (pieces.length === 0 || pieces.map(([whole]) => whole).join('') !== written) return written;
  const texts = pieces.map(([, inside = '']) => inside.replaceAll(/\\(["\\])/g, '$1'));
  return texts.slice(0, -1).every((text) => text.length === 255) ? texts.join('') : written;
}
