/**
 * A bare grpc-js server of the same method that welcomes every stream and holds it. Its argument is what TLS is made of, in
 * JSON; it says at which address it listens.
 */
import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { AgentService } from '#proto/codec/services.ts';

const { key, certificateChain, clientRoots, address }: { key: string; certificateChain: string; clientRoots: string; address: string } = JSON.parse(process.argv[2] ?? '');

const server = new Server({ 'grpc.max_concurrent_streams': 8 });
server.addService(AgentService.service, {
  Connect: (call: ServerDuplexStream<unknown, unknown>) => {
    call.on('error', () => {});
    call.once('data', () => call.write({ welcome: { epoch: 1, heartbeatIntervalMs: 15_000, windowBytes: 2_097_152 } }));
    call.on('data', () => {});
    call.on('end', () => call.end());
  },
});
const pair = [{ private_key: Buffer.from(key), cert_chain: Buffer.from(certificateChain) }];
server.bindAsync(address, ServerCredentials.createSsl(Buffer.from(clientRoots), pair, true), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${JSON.stringify({ listening: `127.0.0.1:${port}` })}\n`);
});
