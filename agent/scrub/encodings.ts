/** Values shorter than this are masked in their own place only: anywhere else they would shred plain text. */
export const minKnownLength = 6;

/**
 * Every form in which a value may turn up elsewhere: as it is, escaped for JSON (once and twice), URLs, XML and shells,
 * in hex, in base64 and base64url at three alignments, and each line of a value of several lines.
 */
export function encodingsOf(value: string): ReadonlySet<string> {
  const plain = new Set<string>([value]);
  for (const line of value.split(/\r\n|\n|\r|\\n/)) if (line.trim().length >= 8) plain.add(line.trim());
  if (value.includes('\n')) for (const join of ['\r\n', '\\n', ' ', '']) plain.add(value.split('\n').join(join));

  const forms = new Set<string>();
  for (const text of plain) for (const form of formsOf(text)) if (form.length >= minKnownLength) forms.add(form);
  return forms;
}

function* formsOf(text: string): Generator<string> {
  yield text;
  const once = jsonEscaped(text);
  yield once;
  yield once.replaceAll('/', '\\/');
  yield jsonEscaped(once);
  yield htmlSafeJson(once);
  const url = encodeUri(text);
  yield url;
  yield url.replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  yield url.replaceAll('%20', '+');
  yield new URLSearchParams([['', text]]).toString().slice(1);
  yield url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  yield xmlEscaped(text);
  yield xmlEscaped(text).replaceAll('&quot;', '"').replaceAll('&apos;', "'");
  yield xmlEscaped(text).replaceAll('&apos;', '&#39;').replaceAll('&quot;', '&#34;');
  yield text.replaceAll("'", `'\\''`);
  yield text.replaceAll("'", `'"'"'`);
  yield text.replace(/[^\w@%+=:,./-]/g, '\\$&');
  yield text.replace(/["$`\\!]/g, '\\$&');
  const bytes = Buffer.from(text, 'utf8');
  const hex = bytes.toString('hex');
  yield hex;
  yield hex.toUpperCase();
  yield* base64Forms(bytes);
}

/**
 * Base64 of the value inside a longer text: two bytes before it can shift it to three alignments. Only characters that
 * the value alone determines are kept; untrimmed needles miss most embedded places.
 */
function* base64Forms(bytes: Buffer): Generator<string> {
  for (const shift of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor((padded.length * 8) / 6);
    yield padded.toString('base64').slice(first, last);
    yield padded.toString('base64url').slice(first, last);
  }
}

function jsonEscaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Go's encoder escapes these for HTML. */
function htmlSafeJson(escaped: string): string {
  return escaped.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
}

function encodeUri(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function xmlEscaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
