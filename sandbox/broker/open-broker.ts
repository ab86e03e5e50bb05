import { MessageChannel, type Worker } from 'node:worker_threads';
import { Fault } from '#proto/domain/fault.ts';
import type { Kernel } from '../launch/kernel.ts';
import type { LaunchProgram } from '../launch/program.ts';
import type { Case } from './notification.ts';
import type { BrokerWord, ThreadWord } from './words.ts';

/** Answers the system calls that a filter cannot judge by itself, in a thread of its own. */
export interface Broker {
  /** Takes the listener of a step's filter over; resolves when its questions are answered. */
  attach(found: Case): Promise<void>;
  /** Hears of each connection that was made to a proxy, by the port that it comes from. */
  onConnected(listener: (port: number) => void): () => void;
  close(): Promise<void>;
}

/** Starts the thread. It serves every step of this process and keeps the process from nothing. */
export async function openBroker(kernel: Kernel, program: LaunchProgram): Promise<Broker> {
  const { port1: port, port2 } = new MessageChannel();
  const wake = kernel.call('eventfd2', 0, 0o2000000);
  if (wake < 0) throw new Fault('sandbox-failed', { at: 'broker', errno: -wake });
  const attached = new Map<number, () => void>();
  const listeners = new Set<(port: number) => void>();
  const worker: Worker = program.startWorker({ workerData: { wake, port: port2 }, transferList: [port2] });
  const ended = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('error', (cause) => reject(new Fault('sandbox-failed', { at: 'broker' }, { cause })));
    port.on('message', (word: ThreadWord) => {
      if (word.word === 'ready') resolve();
      else if (word.word === 'attached') attached.get(word.fd)?.();
      else for (const listener of listeners) listener(word.port);
    });
  });
  await ready;
  worker.unref();
  port.unref();
  return { attach, onConnected, close };

  async function attach(found: Case): Promise<void> {
    port.ref();
    await new Promise<void>((resolve) => {
      attached.set(found.fd, resolve);
      tell({ word: 'attach', case: found });
    });
    attached.delete(found.fd);
    port.unref();
  }

  function onConnected(listener: (port: number) => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  async function close(): Promise<void> {
    worker.ref();
    tell({ word: 'close' });
    await ended;
    port.close();
    kernel.call('close', wake);
  }

  function tell(word: BrokerWord): void {
    port.postMessage(word);
    const one = Buffer.alloc(8);
    one.writeBigUInt64LE(1n, 0);
    kernel.call('write', wake, one, 8);
  }
}
