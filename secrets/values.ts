import { kindOf, lower, upper } from './characters.ts';

/** Words that stand where a secret would, and are none. */
const stopWords = new Set(
  `test tests example foo bar demo dummy sample secretkey base64 utf8 utf-8 hex ascii latin1 todo
  true false null nil none undefined yes no on off empty unset default disabled enabled required optional unknown
  redacted masked hidden removed secret sensitive password passwd token string number boolean object bool int
  change_me change-me replace_me replaceme resource write read write-all read-all admin user username
  managed generated auto automatic plaintext text opaque bearer basic digest n/a na tbd todo changeme`.split(/\s+/),
);

/** References to a secret that lies elsewhere: `${var.x}`, `{{ x }}`, `$(x)`, `$X`, `<x>`, `%X%`, `!Ref x`, ARNs and vault paths. */
const reference =
  /^(?:\$\{.*\}|\$\(.*\)|\$[A-Za-z_]\w*|\{\{.*\}\}|<[^<>]*>|\{[A-Za-z_ .-]+\}|\[[A-Za-z_ -]+\]|%[A-Z_]+%|%\w*s|!(?:Ref|Sub|GetAtt|ImportValue|vault|secret)\b.*|(?:var|local|data|module|each|self|path|terraform)\.[\w.[\]"*-]+|arn:[\w-]+:.*|\{\{resolve:.*|(?:vault|op|ssm|secretsmanager|gcpsm|awssm|akv|ref|env|file):\/?\/?[^\s]*|\((?:sensitive|known|redacted|hidden|none|empty|unset)\b[^)]*\)?|@Microsoft\.KeyVault\(.*)$/is;

/** What maskers leave behind: `***`, `xxxx`, `....`, `•••`, `[REDACTED]`, `«secret:…»`. */
const masked = /^(?:[*xX•.#_?-]+|\*+[A-Z _-]+\*+|\[[A-Z _-]+\]|«secret:[^»]*»|\[(?:redacted|masked|hidden|filtered|secret)[^\]]*\])$/i;

const longestStopWord = Math.max(...[...stopWords].map((word) => word.length));

/** What the patterns of maskers and references begin with, but for words. */
const maskedHeads = headsOf('*xX•.#_?-[«');
const referenceHeads = headsOf('${<[%!(@');

/** Words that lead to a reference end with one of these, and are no longer than this. */
const longestReferenceHead = 16;

/** True where the text is a word that says nothing, or what a masker left behind; such a value is never remembered. */
export function isStopWord(value: string): boolean {
  return isTrimmedStopWord(value.trim());
}

function isTrimmedStopWord(text: string): boolean {
  return text === '' || (text.length <= longestStopWord && stopWords.has(text.toLowerCase())) || (maskedHeads.has(text.charCodeAt(0)) && masked.test(text));
}

/** True where the text names, masks or stands in for a secret rather than being one. */
export function isStandIn(value: string): boolean {
  return isTrimmedStandIn(value.trim());
}

/** The same of a text that has no blanks around it. */
export function isTrimmedStandIn(text: string): boolean {
  return isTrimmedStopWord(text) || (mayRefer(text) && reference.test(text));
}

/** A reference begins with a mark, or with a word and then a dot or colon. */
function mayRefer(text: string): boolean {
  if (referenceHeads.has(text.charCodeAt(0))) return true;
  for (let at = 0; at <= longestReferenceHead; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 46 || code === 58) return true;
    if (!(code >= 128) && (kindOf(code) & (lower | upper)) === 0) return false;
  }
  return false;
}

function headsOf(characters: string): ReadonlySet<number> {
  return new Set(characters.split('').map((character) => character.charCodeAt(0)));
}

/** Tells of places in rising order whether they lie in a placeholder that an earlier pass left: its words lead nowhere. */
export function createPlaceholderCursor(text: string): (at: number) => boolean {
  let start = text.indexOf('«secret:');
  let end = start < 0 ? -1 : endOf(start);
  return (at) => {
    while (start >= 0 && end < at) {
      start = text.indexOf('«secret:', end);
      end = start < 0 ? -1 : endOf(start);
    }
    return start >= 0 && start < at && at <= end;
  };

  function endOf(begin: number): number {
    placeholder.lastIndex = begin;
    return placeholder.test(text) ? placeholder.lastIndex : begin + 1;
  }
}

const placeholder = /«secret:[a-z0-9-]{1,40}:[0-9a-f]{16}»/y;
