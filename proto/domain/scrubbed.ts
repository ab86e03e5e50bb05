declare const clean: unique symbol;

/** A value the scrubber has passed. Spool and codec accept nothing else; `agent/scrub` alone makes it. */
export type Scrubbed<T> = T & { readonly [clean]: true };
