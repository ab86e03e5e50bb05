/** One element in DER (X.690): its tag, and where its content lies. */
export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

const constructed = 0x20;
const maxDepth = 16;

/**
 * The elements of which these bytes are the one writing in DER, or null where they are none: every length is the shortest and
 * fits exactly, nothing comes behind, down to the last level. Parsers that forgive read one thing in many writings.
 */
export function readDer(bytes: Uint8Array): readonly Element[] | null {
  return readLevel(bytes, 0);
}

function readLevel(bytes: Uint8Array, depth: number): readonly Element[] | null {
  const elements: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const read = readElement(bytes, at);
    if (read === null || depth >= maxDepth) return null;
    const { element, end } = read;
    const isWell = (element.tag & constructed) === 0 ? isPrimitive(element) : readLevel(element.content, depth + 1) !== null;
    if (!isWell) return null;
    elements.push(element);
    at = end;
  }
  return elements;
}

function readElement(bytes: Uint8Array, at: number): { readonly element: Element; readonly end: number } | null {
  const [tag = 0, first = 0] = bytes.subarray(at, at + 2);
  if (bytes.length - at < 2 || (tag & 0x1f) === 0x1f) return null; // tags of several bytes stand in nothing that we read
  if (first < 0x80) return cut(bytes, { tag, from: at + 2, length: first });
  const count = first & 0x7f;
  if (count === 0 || count > 2 || bytes.length - at < 2 + count) return null; // indefinite, or longer than anything that we take
  const length = bytes.subarray(at + 2, at + 2 + count).reduce((value, byte) => value * 256 + byte, 0);
  return length < (count === 1 ? 0x80 : 0x100) ? null : cut(bytes, { tag, from: at + 2 + count, length });
}

function cut(bytes: Uint8Array, { tag, from, length }: { readonly tag: number; readonly from: number; readonly length: number }): { readonly element: Element; readonly end: number } | null {
  const end = from + length;
  return end > bytes.length ? null : { element: { tag, content: bytes.subarray(from, end) }, end };
}

function isPrimitive({ tag, content }: Element): boolean {
  const [first = 0, second = 0] = content;
  if (tag === 0x01) return content.length === 1 && (first === 0 || first === 0xff);
  if (tag === 0x02) return content.length === 1 || (content.length > 1 && !(first === 0 && second < 0x80) && !(first === 0xff && second >= 0x80));
  if (tag === 0x03) return content.length > 0 && first < 8 && ((content.at(-1) ?? 0) & ((1 << first) - 1)) === 0 && (first === 0 || content.length > 1);
  return true;
}
