import { spellText } from '../fields.ts';
import { inDocument, isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `nginx` against `docker.io/library/nginx:latest`. */
export const imageReference: Rule = {
  name: 'image-reference',
  reason: 'One image: a name without registry and tag means Docker Hub and `latest`.',
  appliesTo: (place) => place.name === 'image' && (isTool(place, 'kubernetes') || inDocument(place) || /kubernetes|container|docker/i.test(place.type)),
  canonical: spellText((text) => fullName(text) ?? text),
};

function fullName(text: string): string | null {
  const parts = /^((?:[a-z0-9.-]+(?::\d+)?\/)?)((?:[a-z0-9._-]+\/)*[a-z0-9._-]+)(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/.exec(text);
  if (parts === null) return null;
  const [, start = '', path = '', tag, digest = ''] = parts;
  const isRegistry = /[.:]|^localhost\/$/.test(start);
  const registry = isRegistry ? start.replace(/^index\.docker\.io\/$/, 'docker.io/') : 'docker.io/';
  const name = isRegistry ? path : `${start}${path}`;
  const isOfficial = registry === 'docker.io/' && !name.includes('/');
  return `${registry}${isOfficial ? 'library/' : ''}${name}${tag ?? (digest === '' ? ':latest' : '')}${digest}`;
}
