import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One connection as it crossed the wire: what each side sent, in the clear or not. */
export interface Overheard {
  readonly fromClient: Buffer;
  readonly fromServer: Buffer;
}

/** Somebody on the path, who passes every byte on and keeps a copy. */
export interface Tap {
  readonly port: number;
  readonly overheard: () => readonly Overheard[];
  close(): void;
}

/** Listens on a free port of the loopback and leads on to where `to` says at the time. */
export async function startTap(to: () => string): Promise<Tap> {
  const pairs: { fromClient: Buffer[]; fromServer: Buffer[] }[] = [];
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const pair = { fromClient: [] as Buffer[], fromServer: [] as Buffer[] };
    pairs.push(pair);
    const { hostname, port } = new URL(`tcp://${to()}`);
    const far = connect({ host: hostname, port: Number(port) });
    for (const socket of [client, far]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    client.on('error', () => far.destroy());
    far.on('error', () => client.destroy());
    client.on('data', (bytes: Buffer) => pair.fromClient.push(bytes));
    far.on('data', (bytes: Buffer) => pair.fromServer.push(bytes));
    client.pipe(far).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port, // it listens on TCP
    overheard: () => pairs.map(({ fromClient, fromServer }) => ({ fromClient: Buffer.concat(fromClient), fromServer: Buffer.concat(fromServer) })),
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
