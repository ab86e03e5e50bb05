import { isUtf8 } from 'node:buffer';
import { Fault } from '#proto/domain/fault.ts';
import type { Json } from '#proto/domain/json.ts';
import { parseExactly } from '../../source/parse-json.ts';
import type { RecordedResource, RecordedStack } from '../recorded/recorded.ts';
import { readState } from '../recorded/read-state.ts';
import { readBlock } from '../recorded/v4.ts';
import { parseDocument } from '../source/read-document.ts';
import { recognise } from '../source/recognise.ts';
import { sliceList } from './slice-list.ts';

/** A version 4 state of which only the head has been parsed: its resources are read block by block, when they are asked for. */
export interface SlicedState extends Pick<RecordedStack, 'lineage' | 'serial'> {
  readonly blocks: number;
  /** The bytes of a block as they stand in the file: blocks of equal bytes hold the same. */
  bytes(block: number): Buffer;
  /** The managed resources of a block. @throws Fault `state-unreadable`, or what `parseJson` says of the whole */
  read(block: number): BlockContent;
}

export type BlockContent = Pick<RecordedStack, 'resources' | 'gaps'>;

/**
 * Slices a state where that can be done: null for what is not UTF-8, not version 4, or not whole, which is then read as
 * one document or refused by name.
 */
export function sliceState(bytes: Buffer, source: string): SlicedState | null {
  const text = withoutMark(bytes);
  const list = isUtf8(text) ? sliceList(text, 'resources') : null;
  if (list === null) return null;
  const head = headOf(text, list, source);
  return head === null ? null : { ...head, blocks: list.bounds.length / 2, bytes: bytesOf, read };

  function bytesOf(block: number): Buffer {
    return text.subarray(list?.bounds[block * 2], list?.bounds[block * 2 + 1]);
  }

  function read(block: number): BlockContent {
    const resources: RecordedResource[] = [];
    const gaps: RecordedStack['gaps'][number][] = [];
    const unreadable = (address: string, reason: string): void => void gaps.push({ address, state: 'unreadable', reason });
    readBlock(parsed(block), { source, index: block }, { add: (resource) => void resources.push(resource), addData: () => {}, unreadable });
    return { resources, gaps };
  }

  function parsed(block: number): Json {
    try {
      return parseExactly(bytesOf(block).toString('utf8'));
    } catch (error) {
      parseDocument(bytes, source); // says where in the file
      throw error;
    }
  }
}

/** What stands around the list; null where it is no state of version 4, or where the parser of the whole has to say what it is. */
function headOf(text: Buffer, { start, end }: { readonly start: number; readonly end: number }, source: string): Pick<RecordedStack, 'lineage' | 'serial'> | null {
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

