import { spellText } from '../fields.ts';
import { isBytes, isCredential } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `https://Example.com` against `https://example.com/`. */
export const urlRoot: Rule = {
  name: 'url-root',
  reason: 'An empty path is the root, and the name of a host ignores letter case.',
  appliesTo: (place) => !isCredential(place) && !isBytes(place) && !/redirect|callback|logout|issuer|audience|signin|origin/.test(place.name),
  canonical: spellText((text) => text.replace(/^(https?:\/\/)([\w.-]+(?::\d+)?)\/?$/i, (_, scheme: string, host: string) => `${scheme}${host}`.toLowerCase())),
};
