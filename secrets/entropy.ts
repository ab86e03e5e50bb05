/** Shannon entropy in bits per character. */
export function bitsPerCharacter(text: string): number {
  if (text === '') return 0;
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
