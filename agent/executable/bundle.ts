import { join } from 'node:path';
import { type InputOptions, rolldown } from 'rolldown';
import { brokerPart, launchPart } from '#sandbox/launch/plan.ts';

/** The agent as ES modules that import nothing but each other and what Node has built in. */
export interface Bundle {
  /** What the executable starts with. */
  readonly loader: string;
  /** The agent's parts by the name under which the loader finds them; `main.mjs` is the first. */
  readonly parts: Readonly<Record<string, string>>;
  /** Absolute paths of every source in it. */
  readonly modules: readonly string[];
}

/** Names are kept, so that a stack trace can be read. */
const output = { format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs', minify: { compress: true, mangle: false, codegen: true } } as const;

/** Bundles the agent into a folder. What a command imports when it runs becomes a part of its own. */
export async function bundle(agentFolder: string, folder: string): Promise<Bundle> {
  const loader = await rolldown(options(join(agentFolder, 'executable', 'loader.ts')));
  await loader.write({ ...output, dir: join(folder, 'loader') });
  await loader.close();

  const agent = await rolldown(options(join(agentFolder, 'main.ts')));
  const { output: chunks } = await agent.write({ ...output, dir: join(folder, 'parts') });
  await agent.close();
  const sandbox = join(agentFolder, '..', 'sandbox');
  const launch = await alone(join(sandbox, 'launch', 'main.ts'), join(folder, 'parts', launchPart));
  const broker = await alone(join(sandbox, 'broker', 'worker.ts'), join(folder, 'parts', brokerPart));
  return {
    loader: join(folder, 'loader', 'loader.mjs'),
    parts: { ...Object.fromEntries(chunks.map(({ fileName }) => [fileName, join(folder, 'parts', fileName)])), [launchPart]: launch, [brokerPart]: broker },
    modules: chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : [])),
  };
}

/** One file that needs no other part: the launcher of a step starts with nothing else, the broker's thread finds nothing else. */
async function alone(input: string, file: string): Promise<string> {
  const built = await rolldown(options(input));
  await built.write({ format: 'cjs', file, minify: output.minify });
  await built.close();
  return file;
}

function options(input: string): InputOptions {
  return {
    input,
    platform: 'node',
    tsconfig: false,
    optimization: { pifeForModuleWrappers: false }, // wrapped functions would be compiled at once, whether called or not
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message); // an import that is not found would fail only on somebody's host
    },
  };
}
