/** How often each ASCII character stands in the text that is looked at; all zero between two looks. */
const asciiCounts = new Uint32Array(128);

/** Shannon entropy in bits per character. */
export function bitsPerCharacter(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 128) {
      asciiCounts.fill(0);
      return bitsOfAny(text);
    }
    asciiCounts[code] = (asciiCounts[code] ?? 0) + 1;
  }
  let bits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const count = asciiCounts[code] ?? 0;
    if (count === 0) continue; // counted where it stood first
    bits -= (count / text.length) * Math.log2(count / text.length);
    asciiCounts[code] = 0;
  }
  return bits;
}

function bitsOfAny(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Below this many bits a value could be guessed from a list; people's passwords mostly lie there. */
const guessableBits = 64;

/** True where a value is short or plain enough to be guessed. */
export function isGuessable(text: string): boolean {
  return bitsPerCharacter(text) * text.length < guessableBits;
}
