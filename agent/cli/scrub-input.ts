import type { Fault } from '#proto/domain/fault.ts';
import { readConfig } from '../config/read-config.ts';
import { createScrubber } from '../scrub/scrubber.ts';
import { explain } from './explain.ts';
import type { Host } from './host.ts';
import { openKeeping } from './scan/keeping.ts';
import { scrub } from './scrub.ts';
import { keepHeapSmall } from './small-heap.ts';

export interface ScrubRequest {
  readonly format: 'text' | 'jsonl';
  readonly config?: string;
  readonly data?: string;
}

/** Scrubs standard input by the rules and the key of this host. */
export async function scrubInput({ format, config, data }: ScrubRequest, { terminal, env, cwd }: Host): Promise<number> {
  keepHeapSmall();
  const { config: { scrub: rules } } = await readConfig(config, cwd);
  const { scrubKey, tenant } = await openKeeping(data, env);
  const refuse = (fault: Fault): void => terminal.err(explain(fault, terminal.paintError));
  return scrub({ format, scrubber: createScrubber({ key: scrubKey, tenant, rules }), refuse }, terminal.input, terminal.output);
}
