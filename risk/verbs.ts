import type { Tool } from './tool.ts';
import { aws } from './verbs/aws.ts';
import { builtins } from './verbs/builtins.ts';
import { cloudTools } from './verbs/clouds.ts';
import { containers } from './verbs/containers.ts';
import { databases, queues } from './verbs/databases.ts';
import { disks } from './verbs/disks.ts';
import { files } from './verbs/files.ts';
import { versions } from './verbs/git.ts';
import { iac } from './verbs/iac.ts';
import { kubernetes } from './verbs/kubernetes.ts';
import { network } from './verbs/network.ts';
import { operations } from './verbs/operations.ts';
import { packages } from './verbs/packages.ts';
import { programs } from './verbs/programs.ts';
import { readers } from './verbs/readers.ts';
import { runners } from './verbs/runners.ts';
import { secretTools } from './verbs/secrets.ts';
import { shells } from './verbs/shells.ts';
import { system } from './verbs/system.ts';

/** Every program whose effect is known. A program that is not in here is dangerous. */
export const tools: readonly Tool[] = [
  ...builtins,
  ...shells,
  ...runners,
  ...readers,
  ...files,
  ...disks,
  ...system,
  ...network,
  ...programs,
  ...kubernetes,
  ...containers,
  ...aws,
  ...cloudTools,
  ...iac,
  ...databases,
  ...queues,
  ...secretTools,
  ...versions,
  ...packages,
  ...operations,
];

const byName = new Map(tools.flatMap((tool) => namesOf(tool).map((name) => [name, tool] as const)));

export function namesOf(tool: Tool): readonly string[] {
  return tool.names.split(' ').filter((name) => name !== '');
}

export function toolNamed(name: string): Tool | undefined {
  return byName.get(name);
}
