const placeholder = /<([A-Za-z][\w .:/-]*)>/g;

/**
 * The ways a command can be meant. `<pod>` in a document is a hole to fill in; a shell would take it for two
 * redirections. Both readings are judged, since nobody knows who will run the text as it stands.
 */
export function readingsOf(command: string): readonly string[] {
  if (!command.includes('<')) return [command];
  const filled = command.replaceAll(placeholder, (found) => found.replaceAll(/[^A-Za-z0-9-]/g, '_'));
  return filled === command ? [command] : [filled, command];
}
