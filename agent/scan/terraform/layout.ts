/** The names that terraform and OpenTofu give to files in a folder of code. */
export const defaultStateName = 'terraform.tfstate';
export const workspacesFolder = 'terraform.tfstate.d';

/** `.tf`, `.tofu` and their JSON forms; editors' leftovers are left alone, as terraform does. */
export function isCode(name: string): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(name) && !/^[.#]|~$/.test(name);
}
