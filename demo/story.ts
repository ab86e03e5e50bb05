import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { StackReport } from '#proto/domain/report.ts';
import { createApi } from './api.ts';
import { type Files, type Running, runToEnd, start } from './children.ts';
import { createOperator } from './operator.ts';
import { putRight, type Remedy } from './remedy.ts';
import { laySceneFrom } from './scene.ts';
import type { Steps } from './steps.ts';

const ServerReady = z.object({ http: z.string(), enroll: z.string(), caPin: z.string(), data: z.string() });

export interface StoryOptions {
  /** The project's root, absolute. */
  readonly root: string;
  /** For this run alone, absolute. */
  readonly folder: string;
  /** Absolute; none for the examples. */
  readonly paths: readonly string[];
  readonly afterwards: 'stop' | 'keep';
  readonly step: Steps;
  readonly signal: AbortSignal;
  /** Told of everything that must be stopped. */
  readonly started: (running: Running) => void;
  /** Told of a folder outside of `folder` that is to be removed with it. */
  readonly laid: (path: string) => void;
}

/** What the demo has to show. */
export interface Outcome {
  readonly reports: readonly StackReport[];
  /** Base address of the HTTP API. */
  readonly http: string;
  readonly tokenFile: string;
  readonly agentData: string;
  /** The second act; null where it was played with somebody's own files, which no example puts right. */
  readonly remedy: Remedy | null;
}

/**
 * From nothing to findings read back from the control plane, by the same programs that a fleet runs; and, in the examples,
 * on to one that is put right and proved.
 */
export async function tellStory({ root, folder, paths: own, afterwards, step, signal, started, laid }: StoryOptions): Promise<Outcome> {
  const program = (...names: readonly string[]): string => join(root, ...names);
  const agentData = join(folder, 'agent');
  const files = (name: string): Files => ({ out: join(folder, `${name}.out`), log: join(folder, `${name}.log`) });

  const examples = join(root, 'examples');
  const scene = own.length > 0 ? null : await laySceneFrom(examples);
  if (scene !== null) laid(dirname(scene.cluster));
  const paths = scene === null ? own : [...['shop', 'network', 'legacy'].map((name) => join(examples, name)), scene.cluster];

  const server = await step('control plane with its own database and certificate authority', async () => {
    const loopback = ['http', 'grpc', 'enroll'].flatMap((door) => [`--${door}`, '127.0.0.1:0']);
    const { running, ready } = await start('the control plane', [program('control-plane', 'main.ts'), '--data', join(folder, 'server'), ...loopback], files('server'), signal);
    started(running);
    return ServerReady.parse(ready);
  });
  const tokenFile = join(server.data, 'admin-token');
  const api = createApi(server.http, (await readFile(tokenFile, 'utf8')).trim(), signal);

  await step('agent enrolled: its own key, a single-use token, the authority pinned', async () => {
    const joinToken = join(folder, 'join-token');
    await writeFile(joinToken, await api.createJoinToken(), { mode: 0o600 });
    await runToEnd('the enrolment', [program('agent', 'main.ts'), 'enroll', '--server', server.enroll, '--ca-pin', server.caPin, '--token-file', joinToken, '--data', agentData], files('enroll'), signal);
  });
  await step('scanned, scrubbed and streamed over mutual TLS; acknowledged after the commit', () =>
    runToEnd('the scan', [program('agent', 'main.ts'), 'run', '--once', ...paths, '--data', agentData], files('agent-once'), signal));
  const reports = await step('findings read back from the HTTP API', () => api.latestReports());

  const operator = createOperator({ root, http: server.http, tokenFile, files, signal });
  const remedy = scene === null ? null : await putRight({ root, folder, scene, agentData, operator, files, step, signal, started });
  if (afterwards === 'keep' && remedy === null) {
    await step('agent left running', async () => {
      const { running } = await start('the agent', [program('agent', 'main.ts'), 'run', ...paths, '--data', agentData], files('agent'), signal);
      started(running);
    });
  }
  return { reports, http: server.http, tokenFile, agentData, remedy };
}
