import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';

/** A server by name. */
export const Profile = z.strictObject({
  server: z.string(),
  /** Relative to the file of profiles. */
  tokenFile: z.string().optional(),
});
export type Profile = z.infer<typeof Profile>;

const Profiles = z.record(z.string(), Profile);

/** @throws Fault `profile-unknown`, `profile-unreadable`. */
export async function readProfile(name: string, file: string): Promise<Profile> {
  const profiles = Profiles.safeParse(await readYaml(file, name));
  if (!profiles.success) throw new Fault('profile-unreadable', { file, at: profiles.error.issues[0]?.path.join('.') });
  const profile = Object.hasOwn(profiles.data, name) ? profiles.data[name] : undefined;
  if (profile === undefined) throw new Fault('profile-unknown', { profile: name, file });
  const { server, tokenFile } = profile;
  return tokenFile === undefined ? { server } : { server, tokenFile: tokenFile === '-' ? tokenFile : resolve(dirname(file), tokenFile) };
}

async function readYaml(file: string, name: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Fault('profile-unknown', { profile: name, file }, { cause: error });
  }
  try {
    return parse(text);
  } catch (error) {
    throw new Fault('profile-unreadable', { file }, { cause: error });
  }
}
