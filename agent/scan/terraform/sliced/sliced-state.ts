import { isUtf8 } from 'node:buffer';
import { Fault } from '#proto/domain/fault.ts';
import type { Gap } from '#proto/domain/resource.ts';
import type { Json } from '#proto/domain/json.ts';
import { parseExactly } from '../../source/parse-json.ts';
import type { RecordedResource, RecordedStack } from '../recorded/recorded.ts';
import { readState } from '../recorded/read-state.ts';
import { readBlock } from '../recorded/v4.ts';
import { parseDocument } from '../source/read-document.ts';
import { recognise } from '../source/recognise.ts';
import { type SlicedList, sliceList } from './slice-list.ts';

/** A version 4 state of which only the head has been parsed: its resources are read slice by slice, when they are asked for. */
export interface SlicedState extends Pick<RecordedStack, 'lineage' | 'serial'> {
  /** A block of the state with all its instances or, of a large one, with a single instance. */
  readonly slices: number;
  /** Slices that are the same in both hold the same: the bytes, and the text of the block around them. */
  bytes(slice: number): Buffer;
  around(slice: number): string;
  /** The managed resources of a slice. @throws Fault `state-unreadable`, or what `parseJson` says of the whole */
  read(slice: number): Pick<RecordedStack, 'resources' | 'gaps'>;
}

/** A larger block is taken apart into its instances: one may hold every resource of a state. */
const maxBlockBytes = 64 * 1024;

interface Slice {
  readonly block: number;
  readonly start: number;
  readonly end: number;
  /** Of a block that was taken apart: what stands before and behind the instance, and the instance's index. */
  readonly part: { readonly before: string; readonly behind: string; readonly index: number } | null;
}

/**
 * Slices a state where that can be done: null for what is not UTF-8, not version 4, or not whole, which is then read as
 * one document or refused by name.
 */
export function sliceState(bytes: Buffer, source: string): SlicedState | null {
  const text = withoutMark(bytes);
  const list = isUtf8(text) ? sliceList(text, 'resources') : null;
  const head = list === null ? null : headOf(text, list, source);
  if (list === null || head === null) return null;
  const slices = [...slicesOf(text, list)];
  return { ...head, slices: slices.length, bytes: bytesOf, around, read };

  function bytesOf(slice: number): Buffer {
    return text.subarray(slices[slice]?.start, slices[slice]?.end);
  }

  function around(slice: number): string {
    const part = slices[slice]?.part;
    return part ? `${part.before}[]${part.behind}` : '';
  }

  function read(slice: number): Pick<RecordedStack, 'resources' | 'gaps'> {
    const resources: RecordedResource[] = [];
    const gaps: Gap[] = [];
    const { block = 0, part = null } = slices[slice] ?? {};
    readBlock(parsed(slice), { source, index: block, first: part?.index ?? 0 }, {
      add: (resource) => void resources.push(resource),
      addData: () => {},
      unreadable: (address, reason) => void gaps.push({ address, state: 'unreadable', reason }),
    });
    return { resources, gaps };
  }

  function parsed(slice: number): Json {
    const part = slices[slice]?.part;
    const own = bytesOf(slice).toString('utf8');
    try {
      return parseExactly(part ? `${part.before}[${own}]${part.behind}` : own);
    } catch (error) {
      parseDocument(bytes, source); // says where in the file
      throw error;
    }
  }
}

function* slicesOf(text: Buffer, { bounds }: SlicedList): Generator<Slice> {
  for (let block = 0; block * 2 < bounds.length; block += 1) {
    const [start = 0, end = 0] = bounds.slice(block * 2, block * 2 + 2);
    const instances = end - start > maxBlockBytes ? sliceList(text.subarray(start, end), 'instances') : null;
    if (instances === null || instances.bounds.length === 0) yield { block, start, end, part: null };
    else yield* partsOf(text, { block, start, end }, instances);
  }
}

function* partsOf(text: Buffer, { block, start, end }: Omit<Slice, 'part'>, instances: SlicedList): Generator<Slice> {
  const around = { before: text.toString('utf8', start, start + instances.start), behind: text.toString('utf8', start + instances.end, end) };
  for (let index = 0; index * 2 < instances.bounds.length; index += 1) {
    const [from = 0, to = 0] = instances.bounds.slice(index * 2, index * 2 + 2);
    yield { block, start: start + from, end: start + to, part: { ...around, index } };
  }
}

/** What stands around the list; null where it is no state of version 4, or where the parser of the whole has to say what it is. */
function headOf(text: Buffer, { start, end }: SlicedList, source: string): Pick<RecordedStack, 'lineage' | 'serial'> | null {
  try {
    const content = parseExactly(`${text.toString('utf8', 0, start)}[]${text.toString('utf8', end)}`);
    const document = recognise(content, source);
    if (document.form !== 'state' || document.content['version'] !== 4) return null;
    const { lineage, serial } = readState(document.content, source);
    return { lineage, serial };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Fault) return null;
    throw error;
  }
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
