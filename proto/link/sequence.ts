/**
 * Where a fact stands against the last one that was taken: the very next is taken, one that came before is
 * acknowledged again, and one further on means that its forerunners are missing.
 */
export function placeOf(seq: number, lastSeq: number): 'next' | 'duplicate' | 'gap' {
  if (seq <= lastSeq) return 'duplicate';
  return seq === lastSeq + 1 ? 'next' : 'gap';
}
