import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A stretch of network between an agent and its server, with everything that can happen to one. */
export interface FaultyNetwork {
  /** host:port for the agent. */
  readonly address: string;
  /** Where it leads from now on. */
  leadTo(address: string): void;
  /** Resolves when so many bytes more have come from the agent. */
  passed(bytes: number): Promise<void>;
  /** Ends every connection with RST. */
  reset(): void;
  /** Until the answer is called: refuses, or holds back what is sent without an end. */
  partition(how: 'refused' | 'held'): () => void;
  /** From now on, what is sent on the connections that are open vanishes. */
  swallow(): void;
  /** Until the answer is called: everything comes later, in pieces. */
  delay(delayMs: number, pieceBytes: number): () => void;
  /** Until the answer is called: this end reads no faster. */
  slow(reader: 'agent' | 'server', bytesPerSecond: number): () => void;
  close(): void;
}

interface Way {
  readonly agent: Socket;
  readonly server: Socket;
  isSwallowed: boolean;
}

/** What is true of the whole stretch at the moment. */
interface Weather {
  partition: 'refused' | 'held' | null;
  delay: { readonly delayMs: number; readonly pieceBytes: number } | null;
  slow: { readonly reader: 'agent' | 'server'; readonly bytesPerSecond: number } | null;
}

export async function startFaultyNetwork(): Promise<FaultyNetwork> {
  const weather: Weather = { partition: null, delay: null, slow: null };
  const ways = new Set<Way>();
  const arrived = new Set<Socket>();
  const held: (() => void)[] = [];
  const waiting = new Set<{ left: number; resolve: () => void }>();
  let target = { host: '127.0.0.1', port: 0 };

  const server = createServer({ allowHalfOpen: false }, (agent) => {
    agent.on('error', () => {});
    arrived.add(agent);
    agent.on('close', () => arrived.delete(agent));
    if (weather.partition === 'refused') return void agent.resetAndDestroy();
    if (weather.partition === 'held') return void held.push(() => join(agent));
    join(agent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on TCP
    leadTo(address) {
      const colon = address.lastIndexOf(':');
      target = { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
    },
    passed: (bytes) => new Promise((resolve) => void waiting.add({ left: bytes, resolve })),
    reset: cutAll,
    partition(how) {
      weather.partition = how;
      if (how === 'refused') cutAll();
      return () => {
        weather.partition = null;
        for (const go of held.splice(0)) go();
      };
    },
    swallow() {
      for (const way of ways) way.isSwallowed = true;
    },
    delay(delayMs, pieceBytes) {
      weather.delay = { delayMs, pieceBytes };
      return () => (weather.delay = null);
    },
    slow(reader, bytesPerSecond) {
      weather.slow = { reader, bytesPerSecond };
      return () => (weather.slow = null);
    },
    close() {
      cutAll();
      for (const agent of arrived) agent.destroy(); // also those that a partition held
      server.close();
    },
  };

  function cutAll(): void {
    for (const { agent, server: far } of ways) {
      agent.resetAndDestroy();
      far.resetAndDestroy();
    }
    ways.clear();
  }

  function join(agent: Socket): void {
    if (agent.destroyed) return;
    const far = connect(target);
    const way: Way = { agent, server: far, isSwallowed: false };
    ways.add(way);
    carry(way, agent, far, 'server');
    carry(way, far, agent, 'agent');
  }

  /** Moves bytes one after the other, however long each piece takes; an end follows what came before it. */
  function carry(way: Way, from: Socket, to: Socket, reader: 'agent' | 'server'): void {
    let turn: Promise<void> = Promise.resolve();
    from.on('data', (bytes: Buffer) => {
      if (reader === 'server') count(bytes.length);
      if (way.isSwallowed) return;
      from.pause();
      turn = turn.then(() => pass(way, to, bytes, reader)).then(() => void from.resume());
    });
    from.on('error', () => {});
    from.on('close', () => {
      turn = turn.then(() => endAfter(way, to));
    });
  }

  async function endAfter(way: Way, to: Socket): Promise<void> {
    await open();
    if (way.isSwallowed) return;
    ways.delete(way);
    to.destroy();
  }

  async function pass(way: Way, to: Socket, bytes: Buffer, reader: 'agent' | 'server'): Promise<void> {
    await open();
    const pieceBytes = weather.slow?.reader === reader ? Math.max(1, Math.ceil(weather.slow.bytesPerSecond / 20)) : (weather.delay?.pieceBytes ?? bytes.length);
    for (let start = 0; start < bytes.length && !way.isSwallowed && !to.destroyed; start += pieceBytes) {
      if (weather.slow?.reader === reader) await later(50);
      else if (weather.delay !== null && start === 0) await later(weather.delay.delayMs);
      await open();
      to.write(bytes.subarray(start, start + pieceBytes));
    }
  }

  /** Resolves when nothing is held back. */
  async function open(): Promise<void> {
    if (weather.partition === 'held') await new Promise<void>((resolve) => void held.push(resolve));
  }

  function count(bytes: number): void {
    for (const one of waiting) {
      one.left -= bytes;
      if (one.left > 0) continue;
      waiting.delete(one);
      one.resolve();
    }
  }
}

function later(delayMs: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, delayMs).unref());
}
