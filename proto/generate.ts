/**
 * Writes `proto/gen` from `proto/schema`: the descriptor set that both programs load, and the types of its messages.
 * `--check` changes nothing and fails where the files on disk are not what would be written.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import protobuf from 'protobufjs';
import 'protobufjs/ext/descriptor/index.js';

const schema = new URL('schema/', import.meta.url).pathname;
const target = new URL('gen/', import.meta.url).pathname;
const services = ['dd0c/enroll/v1/enrollment_service.proto', 'dd0c/agent/v1/agent_service.proto'];

const made = mkdtempSync(join(tmpdir(), 'dd0c-gen-'));
try {
  writeTypes(made);
  writeDescriptorSet(made);
  if (process.argv.includes('--check')) check();
  else replace();
} finally {
  rmSync(made, { recursive: true, force: true });
}

function writeTypes(folder: string): void {
  const generator = new URL('../node_modules/.bin/proto-loader-gen-types', import.meta.url).pathname;
  const options = ['--longs=Number', '--enums=String', '--bytes=Buffer', '--defaults', '--arrays', '--oneofs', '--grpcLib=@grpc/grpc-js', '--importFileExtension=.ts', `--includeDirs=${schema}`, `--outDir=${folder}`];
  const run = spawnSync(process.execPath, [generator, ...options, ...services], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`proto-loader-gen-types failed: ${run.stderr}${run.stdout}`);
  for (const file of files(folder)) {
    const text = read(folder, file) ?? '';
    writeFileSync(join(folder, file), text.replace(/^\/\/ Original file: .*\/proto\//m, '// From proto/')); // no path of the machine that made it
  }
}

function writeDescriptorSet(folder: string): void {
  const root = new protobuf.Root();
  root.resolvePath = (_, path) => join(schema, path);
  root.loadSync(services).resolveAll();
  const set = (root as unknown as { toDescriptor(syntax: string): protobuf.Message }).toDescriptor('proto3');
  const bytes = set.$type.encode(set).finish();
  writeFileSync(
    join(folder, 'descriptor-set.ts'),
    `/** The FileDescriptorSet of proto/schema, in base64. */\nexport const descriptorSet =\n  '${Buffer.from(bytes).toString('base64')}';\n`,
  );
}

function check(): void {
  const stale = [...new Set([...files(made), ...files(target)])].filter((file) => read(made, file) !== read(target, file));
  if (stale.length === 0) return;
  process.stderr.write(`proto/gen is not what proto/schema says; run \`npm run generate\`: ${stale.join(', ')}\n`);
  process.exitCode = 1;
}

function replace(): void {
  rmSync(target, { recursive: true, force: true });
  for (const file of files(made)) {
    const path = join(target, file);
    writeFileSyncDeep(path, read(made, file) ?? '');
  }
}

function writeFileSyncDeep(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function files(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  } catch {
    return [];
  }
}

function read(folder: string, file: string): string | null {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch {
    return null;
  }
}
