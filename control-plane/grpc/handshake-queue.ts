import type { Socket } from 'node:net';

export interface HandshakeLimits {
  /** Handshakes under way at once. */
  readonly atOnce: number;
  /** Connections that wait for theirs; one more is closed, and comes back when its own backoff says. */
  readonly waiting: number;
  /** One that waited for so long is closed: whoever dialled has given up. */
  readonly waitMs: number;
  /**
   * A handshake counts for so long at most. What it keeps busy is the processor, and that is done by then; whoever sends
   * nothing must not keep the others out.
   */
  readonly countsMs: number;
}

/** A handshake costs about 4 ms of a processor: these are as many as are done in a quarter of a second, and in eight. */
export const usualHandshakes: HandshakeLimits = { atOnce: 64, waiting: 2_000, waitMs: 8_000, countsMs: 250 };

/**
 * Lets connections into the TLS handshake in the order in which they came, never too many at once: thousands of agents that
 * return together would otherwise all be served so slowly that each of them gives up and comes again.
 */
export interface HandshakeQueue {
  /** Takes a connection on which nothing was read yet. */
  enter(socket: Socket): void;
  /** The handshake of this peer (`address:port`) is over, well or not. */
  over(peer: string): void;
  /** Closes what waits. */
  close(): void;
}

export function createHandshakeQueue(limits: HandshakeLimits, begin: (socket: Socket) => void, onTurnedAway: () => void): HandshakeQueue {
  const waiting = new Map<Socket, NodeJS.Timeout>();
  const busy = new Map<string, NodeJS.Timeout>();

  return {
    enter(socket) {
      socket.on('error', () => {}); // it may break while it waits
      if (busy.size < limits.atOnce) return start(socket);
      if (waiting.size >= limits.waiting) return turnAway(socket);
      waiting.set(socket, setTimeout(() => turnAway(socket), limits.waitMs));
      socket.once('close', () => leave(socket));
    },
    over,
    close() {
      for (const socket of waiting.keys()) turnAway(socket);
      for (const timer of busy.values()) clearTimeout(timer);
    },
  };

  function start(socket: Socket): void {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    clearTimeout(busy.get(peer));
    busy.set(peer, setTimeout(() => over(peer), limits.countsMs));
    socket.once('close', () => over(peer)); // of a peer that went, TLS does not say who it was
    begin(socket);
  }

  function over(peer: string): void {
    const timer = busy.get(peer);
    if (timer === undefined) return;
    clearTimeout(timer);
    busy.delete(peer);
    const [next] = waiting.keys(); // a map keeps the order in which it was filled
    if (next === undefined) return;
    leave(next);
    start(next);
  }

  function leave(socket: Socket): void {
    clearTimeout(waiting.get(socket));
    waiting.delete(socket);
  }

  function turnAway(socket: Socket): void {
    leave(socket);
    socket.destroy();
    onTurnedAway();
  }
}
