// A language of Pulumi whose programs are JSON: `program.json` beside Pulumi.yaml, a list of resources with their inputs.
// Started by the engine as `pulumi-language-dd0ctest`; it prints its port, as every language host does. `fails` stands for
// a program that breaks, `hangs` for one that does not end, and DD0C_RAN names a file that shows that it ran.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentials, loadPackageDefinition, Server, ServerCredentials, type ServiceClientConstructor, type UntypedHandleCall } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { toStruct } from './wire.ts';

interface Asked {
  readonly name: string;
  readonly type: string;
  readonly inputs: object;
  readonly ignoreChanges?: readonly string[];
}

type Monitor = Record<'RegisterResource' | 'SignalAndWaitForShutdown', (request: object, done: (error: Error | null, answer: { urn: string }) => void) => void>;

const definition = loadSync(join(import.meta.dirname, 'program.proto'), { keepCase: true, defaults: true, oneofs: true });
const { pulumirpc } = loadPackageDefinition(definition) as unknown as { pulumirpc: Record<'LanguageRuntime' | 'ResourceMonitor', ServiceClientConstructor> };

const handlers: Record<string, UntypedHandleCall> = {
  Handshake: unary(() => ({})),
  GetPluginInfo: unary(() => ({ version: '0.0.1' })),
  GetRequiredPlugins: unary(() => ({})),
  GetRequiredPackages: unary(() => ({})),
  InstallDependencies: (call: { end: () => void }) => call.end(),
  Cancel: unary(() => ({})),
  Run: (call: { request: Record<string, unknown> }, done: (error: null, answer: object) => void) => void answerRun(call.request, done),
};

const server = new Server();
server.addService(pulumirpc.LanguageRuntime.service, handlers);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});

async function answerRun(request: Record<string, unknown>, done: (error: null, answer: object) => void): Promise<void> {
  let error = '';
  try {
    await run(request);
  } catch (thrown) {
    error = String(thrown);
  }
  done(null, { error });
}

async function run({ project, stack, pwd, monitor_address: address }: Record<string, unknown>): Promise<void> {
  const monitor = new pulumirpc.ResourceMonitor(String(address), credentials.createInsecure()) as unknown as Monitor;
  const { resources, fails, hangs } = JSON.parse(readFileSync(join(String(pwd), 'program.json'), 'utf8')) as { resources: readonly Asked[]; fails?: string; hangs?: boolean };
  const marker = process.env['DD0C_RAN'];
  if (marker !== undefined) writeFileSync(marker, 'ran');
  const { urn: parent } = await ask(monitor, 'RegisterResource', { type: 'pulumi:pulumi:Stack', name: `${String(project)}-${String(stack)}`, custom: false, object: toStruct({}) });
  for (const { name, type, inputs, ignoreChanges = [] } of resources) {
    await ask(monitor, 'RegisterResource', { type, name, parent, custom: true, acceptSecrets: true, ignoreChanges, object: toStruct(inputs) });
  }
  if (hangs === true) await new Promise(() => undefined);
  if (fails !== undefined) throw new Error(fails);
  await ask(monitor, 'SignalAndWaitForShutdown', {});
}

function ask(monitor: Monitor, method: keyof Monitor, request: object): Promise<{ urn: string }> {
  return new Promise((resolve, reject) => {
    monitor[method](request, (error, answer) => (error === null ? resolve(answer) : reject(error)));
  });
}

function unary(answer: (request: Record<string, unknown>) => object): UntypedHandleCall {
  return (call: { request: Record<string, unknown> }, done: (error: null, answer: object) => void) => done(null, answer(call.request));
}
