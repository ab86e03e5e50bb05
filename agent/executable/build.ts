import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.ts';
import { inject } from './inject.ts';
import { nodeBinary } from './node-binary.ts';
import { folderOfNode, notices } from './notices.ts';
import { strip } from './strip.ts';
import { type BuildTarget, buildTargets } from './target.ts';

/**
 * `npm run build:agent [-- --target NAME…] [--out DIR]`: the agent as one file for each platform, beside their checksums
 * and the licences of what is in them. A platform that cannot be built is named, and the exit code is then 1.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'dd0c-executable');
const { values } = parseArgs({ options: { target: { type: 'string', multiple: true }, out: { type: 'string', default: join(root, 'dist-bin') } } });
const out = resolve(values.out);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

await mkdir(cache, { recursive: true });
await mkdir(out, { recursive: true });
const work = await mkdtemp(join(cache, 'build-'));
const bundled = await bundle(join(root, 'agent'), work);
say(`bundled ${bundled.modules.length} modules into ${Object.keys(bundled.parts).length} parts`);

for (const target of wantedTargets()) {
  try {
    await build(target);
  } catch (error) {
    process.stderr.write(`error: ${target.name} could not be built: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
await writeChecksums();
await rm(work, { recursive: true });

function wantedTargets(): readonly BuildTarget[] {
  const { target: names } = values;
  if (names === undefined) return buildTargets;
  return names.map((name) => {
    const target = buildTargets.find((one) => one.name === name);
    if (target === undefined) throw new Error(`there is no target ${name}; there are ${buildTargets.map((one) => one.name).join(', ')}`);
    return target;
  });
}

async function build(target: BuildTarget): Promise<void> {
  const binary = await nodeBinary(target, { root, cache });
  const node = join(work, `node-${target.name}`);
  const stripper = await strip(binary, node, target);
  if (stripper === null) say(`${target.name}: none of ${target.strippers.join(', ')} could take the symbols out of Node, so the file is larger`);
  const output = join(out, `dd0c-agent-${target.name}`);
  await inject({ bundle: bundled, node, output, configFile: join(work, `sea-${target.name}.json`) });
  await writeFile(join(out, 'THIRD-PARTY-NOTICES.txt'), await notices(bundled.modules, folderOfNode(binary)));
  say(`${target.name}: ${output}, ${megabytes((await stat(output)).size)}`);
}

async function writeChecksums(): Promise<void> {
  const files = (await readdir(out)).filter((name) => name.startsWith('dd0c-agent-')).sort();
  const lines = await Promise.all(files.map(async (name) => `${await sha256(join(out, name))}  ${name}\n`));
  await writeFile(join(out, 'SHA256SUMS'), lines.join(''));
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
