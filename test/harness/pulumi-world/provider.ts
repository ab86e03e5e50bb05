// A provider of Pulumi whose world is a file: a JSON object of properties by id. What is not in it is gone. Started by the
// engine as `pulumi-resource-world`; it prints its port, as every provider does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadPackageDefinition, Server, ServerCredentials, type UntypedHandleCall } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

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
  return (call: { request: Record<string, unknown> }, done: (error: null, answer: object) => void) => done(null, answer(call.request));
}

function toStruct(value: object): object {
  return { fields: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toValue(inner)])) };
}

function fromStruct(struct: unknown): Record<string, unknown> {
  const { fields } = struct as { fields: Record<string, Wire> };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fromValue(value)]));
}

/** A value as the wire has it: one of these, and `kind` is which. */
interface Wire {
  readonly kind?: string;
  readonly [kind: string]: unknown;
}

function fromValue(value: Wire): unknown {
  if (value.kind === 'structValue') return fromStruct(value['structValue']);
  if (value.kind === 'listValue') return (value['listValue'] as { values: Wire[] }).values.map(fromValue);
  return value.kind === undefined || value.kind === 'nullValue' ? null : value[value.kind];
}

function toValue(value: unknown): object {
  if (value === null) return { nullValue: 0 };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return { numberValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (Array.isArray(value)) return { listValue: { values: value.map(toValue) } };
  return { structValue: toStruct(value as object) };
}
