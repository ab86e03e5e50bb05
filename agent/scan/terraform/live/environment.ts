/** What the child sees: all of the caller's environment but the logs that would show values, and no questions. */
export function environmentOf(env: Readonly<Record<string, string | undefined>>, workspace: string): Readonly<Record<string, string | undefined>> {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !/^TF_LOG(?:_|$)|^TF_DATA_DIR$/.test(name)));
  return { ...kept, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1', ...(workspace !== 'default' && { TF_WORKSPACE: workspace }) };
}
