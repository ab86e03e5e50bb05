import type { Format, FormatName } from './format.ts';
import { renderHuman } from './human.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderSarif } from './sarif.ts';

/** Every way to tell a scan. A new one is a new file, a name in `formatNames` and a line here. */
export const formats: Readonly<Record<FormatName, Format>> = {
  human: renderHuman,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  markdown: renderMarkdown,
};
