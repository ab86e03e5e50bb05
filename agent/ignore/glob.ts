/** A glob over names: `*` is any number of characters. */
export function nameGlob(glob: string): (text: string) => boolean {
  const pattern = new RegExp(`^${glob.split(/\*+/).map(literal).join('.*')}$`, 's');
  return (text) => pattern.test(text);
}

/**
 * A glob over property paths: `*` within one name, `**` over any number. It covers what lies below, and an index that it
 * does not write is any index: `ingress.description` is `ingress[3].description`.
 */
export function pathGlob(glob: string): (path: string) => boolean {
  const pattern = new RegExp(`^${glob.split('**').map((part) => part.split('*').map(literal).join('[^.\\[]*')).join('.*')}(?:$|[.[])`, 's');
  return (path) => pattern.test(path) || pattern.test(path.replaceAll(/\[\d+\]/g, ''));
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
