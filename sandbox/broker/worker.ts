import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type Kernel, openKernel } from '../launch/kernel.ts';
import { answerConnect } from './connect.ts';
import { answerModes } from './modes.ts';
import { answerSignal } from './signals.ts';
import { type Case, receive, reply } from './notification.ts';
import type { BrokerWord, WorkerData } from './words.ts';

/**
 * The broker's thread: it waits for whatever filters ask, and does itself what may be done. It never says "go on", for
 * between its look and the kernel's the step could change what it pointed at.
 */
const { wake, port } = workerData as WorkerData; // from `open-broker.ts`, in the same process
const kernel = openKernel();
const cases = new Map<number, Case>();
const readable = 1;
const gone = 0x10 | 0x08 | 0x20; // POLLHUP, POLLERR, POLLNVAL

port.postMessage({ word: 'ready' });
for (let open = true; open; ) open = wait();

/** One wait, and what came of it. It looks up now and then, so that the process can end without it. */
function wait(): boolean {
  const fds = [wake, ...cases.keys()];
  const table = Buffer.alloc(fds.length * 8);
  for (const [index, fd] of fds.entries()) {
    table.writeInt32LE(fd, index * 8);
    table.writeInt16LE(readable, index * 8 + 4);
  }
  const limit = Buffer.alloc(16);
  limit.writeBigInt64LE(200_000_000n, 8);
  if (kernel.call('ppoll', table, fds.length, limit, 0, 8) <= 0) return true;
  for (const [index, fd] of fds.entries()) {
    const events = table.readInt16LE(index * 8 + 6);
    const found = cases.get(fd);
    if (found !== undefined) serve(fd, found, events);
    else if (events !== 0 && !listen()) return false;
  }
  return true;
}

/** Answers false when it is to end. */
function listen(): boolean {
  kernel.call('read', wake, Buffer.alloc(8), 8);
  for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
    const word = got.message as BrokerWord; // the same
    if (word.word === 'close') return false;
    if (word.word === 'attach') {
      cases.set(word.case.fd, word.case);
      port.postMessage({ word: 'attached', fd: word.case.fd });
    }
  }
  return true;
}

function serve(fd: number, found: Case, events: number): void {
  if ((events & readable) !== 0) {
    const asked = receive(kernel, fd);
    if (asked !== null) reply(kernel, fd, asked, answer(kernel, found, asked.name, asked));
  } else if ((events & gone) !== 0) {
    kernel.call('close', fd);
    cases.delete(fd);
  }
}

function answer(kernel_: Kernel, found: Case, name: string, asked: Parameters<typeof answerModes>[2]): number {
  if (name === 'connect') return answerConnect(kernel_, found, asked, (connectedFrom) => port.postMessage({ word: 'connected', port: connectedFrom }));
  if (name === 'kill' || name === 'tkill' || name === 'tgkill') return answerSignal(kernel_, found, asked);
  return answerModes(kernel_, found, asked);
}
