import { randomBytes } from 'node:crypto';
import { createScrubber } from '../scrub/scrubber.ts';

/** Takes secrets out of any text before it is shown or logged; fingerprints are of this process alone. */
export function createTextCleaner(): (text: string) => string {
  const scrubber = createScrubber({ key: randomBytes(32) });
  return (text) => scrubber.text(text).text;
}
