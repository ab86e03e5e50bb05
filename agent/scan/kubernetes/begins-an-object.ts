/**
 * True where a text names its `apiVersion` as an object of the API does: at the top, in a list, or among the `items` of
 * one. Deeper down it is what something else holds: a checkpoint, a plan, a template with a manifest in it.
 */
export function beginsAnObject(head: string): boolean {
  if (/^(?:- +)?["']?apiVersion["']?[ \t]*:/m.test(head)) return true;
  const start = /^\s*[[{]/.test(head) ? 0 : head.search(/^[[{]/m); // documents of YAML may be written so, too
  return start !== -1 && namesItself(head.slice(start));
}

/** JSON, or YAML written as it: keys are followed down through lists and `items` alone, as far as the text goes. */
function namesItself(head: string): boolean {
  const open: string[] = []; // by what key each bracket was opened; '' in a list
  let key = '';
  for (const [token, text, mark] of head.matchAll(/"((?:[^"\\]|\\.)*)"|([[\]{},:])|[^\s[\]{},:"]+/g)) {
    if (mark === '{' || mark === '[') {
      open.push(key);
      key = '';
    } else if (mark === '}' || mark === ']') open.pop();
    else if (mark === ':' && key === 'apiVersion' && open.every((by) => by === '' || by === 'items')) return true;
    else if (mark === ',') key = '';
    else if (mark === undefined) key = text ?? token;
  }
  return false;
}
