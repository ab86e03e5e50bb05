import type { Detect, Hit } from './hit.ts';
import { createNameJudge } from './names.ts';
import { isStandIn } from './values.ts';

/** The pattern pass over any text. */
export function createDetector(): Detect {
  const judge = createNameJudge();
  return (text) => [...pemBlocks(text), ...assignments(text, judge), ...urlPasswords(text)];
}

function* pemBlocks(text: string): Generator<Hit> {
  for (const match of text.matchAll(/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----.+?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/gs)) {
    yield { rule: 'private-key/pem', kind: 'private-key', start: match.index, end: match.index + match[0].length };
  }
}

function* assignments(text: string, judge: (name: string) => string): Generator<Hit> {
  const pattern = /(?<name>[A-Za-z_][\w.-]{2,80})\\*["']?\s{0,4}(?:=>|:=|=|:)\s{0,4}(?:\\*"(?<double>[^"\\\n]{1,512})\\*"|'(?<single>[^'\n]{1,512})'|(?<bare>[^\s"',;&)}\]]{4,512}))/dg;
  for (const match of text.matchAll(pattern)) {
    const { name = '', double, single, bare } = match.groups ?? {};
    const value = double ?? single ?? bare ?? '';
    if (judge(name) !== 'secret' || isStandIn(value)) continue;
    const key = double !== undefined ? 'double' : single !== undefined ? 'single' : 'bare';
    const span = match.indices?.groups?.[key];
    if (span !== undefined) yield { rule: 'context/assignment', kind: 'value', start: span[0], end: span[1] };
  }
}

function* urlPasswords(text: string): Generator<Hit> {
  for (const match of text.matchAll(/[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"']{0,128}:([^\s@/"']{1,256})@/dgi)) {
    const span = match.indices?.[1];
    if (span !== undefined && !isStandIn(match[1] ?? '')) yield { rule: 'context/url', kind: 'password', start: span[0], end: span[1] };
  }
}
