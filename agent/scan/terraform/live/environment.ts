const gibibyte = 1024 ** 3;

/** What the child sees: all of the caller's environment but the logs that would show values, and no questions. */
export function environmentOf(env: Readonly<Record<string, string | undefined>>, workspace: string): Readonly<Record<string, string | undefined>> {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !/^TF_LOG(?:_|$)|^TF_DATA_DIR$/.test(name)));
  return { ...kept, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1', ...(workspace !== 'default' && { TF_WORKSPACE: workspace }) };
}

/**
 * A plan spends a fifth of its time on collecting what the schemas of providers leave behind; where there is memory to
 * spare it is collected less often. What the caller has said of it holds.
 */
export function collectingLess(env: Readonly<Record<string, string | undefined>>, availableBytes: number): Readonly<Record<string, string | undefined>> {
  const isDecided = env['GOGC'] !== undefined || env['GOMEMLIMIT'] !== undefined;
  return isDecided || availableBytes < 4 * gibibyte ? env : { ...env, GOGC: '400' };
}
