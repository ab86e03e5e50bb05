import { relative } from 'node:path';
import type { Outcome } from './story.ts';

export interface Kept {
  readonly outcome: Outcome;
  /** For this run, absolute. */
  readonly folder: string;
  readonly cwd: string;
}

/** How to look around in a demo that was left running, and how to end it. */
export function lookAround({ outcome, folder, cwd }: Kept): string {
  const { http, tokenFile } = outcome;
  const token = quoted(relative(cwd, tokenFile) || tokenFile);
  const dd0c = `npm run --silent dd0c -- --server ${http} --token-file ${token}`;
  return `Everything goes on running. Look around:

  API, described       ${http}/docs
  by curl              curl -s -H "authorization: Bearer $(cat ${token})" ${http}/v1/findings
  by the operator's CLI
    ${dd0c} findings list
    ${dd0c} stacks list
    ${dd0c} agents list
  logs                 ${quoted(relative(cwd, folder) || folder)}

Stop it, and forget it:

  npm run demo -- --stop
`;
}

/** Where to go after a demo that has ended. */
export const whereNext = `Where to look next:

  npm run demo -- --keep                      leave it running: API, operator's CLI
  npm run demo -- path/to/terraform           your own folders, states and plans
  npm run --silent agent -- scan PATH         the agent alone, without any server
  docs/getting-started.md                     from here to your own first agent
`;

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
