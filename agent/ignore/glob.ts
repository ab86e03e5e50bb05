/** A glob over names: `*` is any number of characters. */
export function nameGlob(glob: string): (text: string) => boolean {
  const pattern = new RegExp(`^${glob.split(/\*+/).map(literal).join('.*')}$`, 's');
  return (text) => pattern.test(text);
}

/**
 * A glob over property paths: `*` within one name, `**` over any number. It covers what lies below, and an index that it
 * does not write is any index: `ingress.description` is `ingress[3].description`. A name in quotes is one name:
 * `metadata.labels.*` is `metadata.labels["example.com/team"]`, too.
 */
export function pathGlob(glob: string): (path: string) => boolean {
  const pattern = new RegExp(`^${glob.split('**').map((part) => part.split('*').map(literal).join('[^.\\[]*')).join('.*')}(?:$|[.[])`, 's');
  return (path) => [path, unquoted(path)].some((one) => pattern.test(one) || pattern.test(one.replaceAll(/\[\d+\]/g, '')));
}

/** With quoted names written as others are; what would part them into several is no longer in them. */
function unquoted(path: string): string {
  return path.replaceAll(/\["((?:[^"\\]|\\.)*)"\]/g, (_, name: string) => `.${name.replaceAll(/[.[\]]/g, '\0')}`).replace(/^\./, '');
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
