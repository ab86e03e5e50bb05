import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** An address at which nobody answers any more, as that of a machine that hangs, or behind a firewall that drops. */
export interface FrozenListener {
  /** Connects until the kernel takes no more: from then on not even the first packet of TCP is answered. */
  fill(): Promise<void>;
  close(): void;
}

const program = `const [host, port] = process.argv.slice(1);
require('node:net').createServer().listen({ host, port: Number(port), backlog: 1 }, () => console.log('listening'));`;

/** A process that listens there and is stopped: the kernel completes a connection or two, and nothing is ever said on them. */
export async function startFrozenListener(host: string, port: number): Promise<FrozenListener> {
  const child = spawn(process.execPath, ['-e', program, host, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(createInterface(child.stdout), 'line');
  child.kill('SIGSTOP');
  const held: Socket[] = [];

  return {
    async fill() {
      while (await isTaken()) if (held.length > 64) throw new Error('the kernel takes every connection');
    },
    close() {
      for (const socket of held) socket.destroy();
      child.kill('SIGKILL');
    },
  };

  async function isTaken(): Promise<boolean> {
    const socket = connect({ host, port });
    socket.on('error', () => {});
    held.push(socket);
    return await Promise.race([once(socket, 'connect').then(() => true), new Promise<boolean>((resolve) => void setTimeout(() => resolve(false), 300))]);
  }
}
