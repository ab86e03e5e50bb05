/** Computes each key once; a key that asks for itself while it is computed gets `whileBusy`. */
export function createMemo<T>(whileBusy: T) {
  const done = new Map<string, T>();
  const busy = new Set<string>();
  return (key: string, compute: () => T): T => {
    const known = done.get(key);
    if (known !== undefined) return known;
    if (busy.has(key)) return whileBusy;
    busy.add(key);
    try {
      const value = compute();
      done.set(key, value);
      return value;
    } finally {
      busy.delete(key);
    }
  };
}
