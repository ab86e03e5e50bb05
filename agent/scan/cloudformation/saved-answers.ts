import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';

const lists = ['StackResourceDrifts', 'StackResourceSummaries', 'StackResources', 'Stacks'] as const;
const others = ['StackResourceDrift', 'NextToken', 'DetectionStatus', 'DetectionStatusReason'] as const;

/** Answers are wrapped in so much at most: recordings name the test and the call. */
const maxWraps = 8;

/**
 * The answers of AWS in a document: it itself, or what recordings and scripts wrapped, put together. Null where none of
 * them is one of drift detection.
 */
export function answersIn(document: Json): JsonObject | null {
  const found = [...wrapped(document, 0)];
  if (!found.some((answer) => 'StackResourceDrifts' in answer || 'StackResourceDrift' in answer || hasStatuses(answer))) return null;
  if (found.length === 1 && found[0] !== undefined) return found[0];
  const several = found.flatMap((answer) => (answer['StackResourceDrift'] === undefined ? [] : [answer['StackResourceDrift']]));
  const together = lists.flatMap((name): [string, Json][] => {
    const all = [...found.flatMap((answer) => (answer[name] === undefined ? [] : isList(answer[name]) ? answer[name] : [answer[name]])), ...(name === 'StackResourceDrifts' ? several : [])];
    return found.some((answer) => name in answer) || all.length > 0 ? [[name, all]] : [];
  });
  const alone = others.slice(1).flatMap((name): [string, Json][] => found.flatMap((answer) => (answer[name] === undefined ? [] : [[name, answer[name]]])));
  return Object.fromEntries([...alone, ...together]);
}

/** A list of a stack's resources tells how the last detection left each. */
function hasStatuses({ StackResourceSummaries: listed, StackResources: described }: JsonObject): boolean {
  return [listed, described].some((list) => isList(list) && list.some((resource) => isObject(resource) && isObject(resource['DriftInformation'])));
}

function* wrapped(value: Json, depth: number): Generator<JsonObject> {
  if (isObject(value) && [...lists, 'StackResourceDrift', 'DetectionStatus'].some((name) => Object.hasOwn(value, name))) yield value;
  else if (depth < maxWraps && (isObject(value) || isList(value))) for (const inner of Object.values(value)) yield* wrapped(inner, depth + 1);
}
