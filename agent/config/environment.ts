/** Variables of the environment by name; an empty one counts as absent. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process. Nothing else in the agent reads it. */
export function environment(): Environment {
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
}
