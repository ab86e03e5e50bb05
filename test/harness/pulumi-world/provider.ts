// A provider of Pulumi whose world is a file: a JSON object of properties by id. What is not in it is gone, and what `fails` in
// it cannot be read. Started by the engine as `pulumi-resource-world`; it prints its port, as every provider does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadPackageDefinition, Server, ServerCredentials, type UntypedHandleCall } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { fromStruct, toStruct } from './wire.ts';

const definition = loadSync(join(import.meta.dirname, 'provider.proto'), { keepCase: true, defaults: true, oneofs: true });
const { pulumirpc } = loadPackageDefinition(definition) as unknown as { pulumirpc: { ResourceProvider: { service: ConstructorParameters<typeof Object>[0] } } };

const handlers: Record<string, UntypedHandleCall> = {
  GetPluginInfo: unary(() => ({ version: '0.0.1' })),
  CheckConfig: unary(({ news }) => ({ inputs: news })),
  DiffConfig: unary(() => ({ changes: 1 })),
  Configure: unary(() => ({ acceptSecrets: true })),
  Check: unary(({ news }) => ({ inputs: news })),
  Diff: unary(({ olds, news }) => ({ changes: isDeepStrictEqual(fromStruct(olds), fromStruct(news)) ? 1 : 2 })),
  Read: unary(({ id, inputs }) => {
    const world = JSON.parse(readFileSync(process.env['DD0C_WORLD'] ?? '', 'utf8')) as Record<string, object>;
    const found = world[String(id)];
    if (found !== undefined && 'fails' in found) throw new Error(String(found.fails));
    return found === undefined ? { id: '' } : { id, properties: toStruct(found), inputs };
  }),
  Cancel: unary(() => ({})),
};

const server = new Server();
server.addService(pulumirpc.ResourceProvider.service, handlers);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});

function unary(answer: (request: Record<string, unknown>) => object): UntypedHandleCall {
  return (call: { request: Record<string, unknown> }, done: (error: { code: number; details: string } | null, answer?: object) => void) => {
    try {
      done(null, answer(call.request));
    } catch (thrown) {
      done({ code: 2, details: String(thrown) });
    }
  };
}
