import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { parseDocument } from '../document.ts';
import { isEmpty } from '../fields.ts';
import { isOfFamily } from '../place.ts';
import type { Rule, Value } from '../rule.ts';

/** A column of `INTEGER` against one of `INT64` that is `NULLABLE`: https://cloud.google.com/bigquery/docs/schemas */
export const bigquerySchema: Rule = {
  name: 'bigquery-schema',
  reason: 'The same columns: BigQuery knows two names for some types, and a column without a mode is nullable.',
  appliesTo: (place) => place.name === 'schema' && isOfFamily(place, 'google_bigquery_table', 'gcp_bigquery_table'),
  canonical: (value) => {
    const fields = typeof value === 'string' ? parseDocument(value) : value;
    return isList(fields) && fields.length > 0 && fields.every(isColumn) ? fields.map(column) : value;
  },
};

const types = new Map([['INT64', 'INTEGER'], ['FLOAT64', 'FLOAT'], ['BOOL', 'BOOLEAN'], ['STRUCT', 'RECORD'], ['DECIMAL', 'NUMERIC'], ['BIGDECIMAL', 'BIGNUMERIC']]);

function isColumn(value: Json): value is JsonObject {
  return isObject(value) && typeof value['name'] === 'string' && typeof value['type'] === 'string';
}

function column(written: JsonObject): JsonObject {
  const told = Object.entries(written).map(([name, value]) => [name, part(name, value)] as const);
  return Object.fromEntries(told.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined));
}

function part(name: string, value: Json): Value {
  if (name === 'type' && typeof value === 'string') return types.get(value.toUpperCase()) ?? value.toUpperCase();
  if (name === 'mode') return isEmpty(value) || value === 'NULLABLE' ? undefined : value;
  if (name === 'fields' && isList(value) && value.every(isColumn)) return value.length === 0 ? undefined : value.map(column);
  return isEmpty(value) ? undefined : value;
}
