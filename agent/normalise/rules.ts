import type { Rule } from './rule.ts';
import { allPorts } from './rules/all-ports.ts';
import { booleanText } from './rules/boolean-text.ts';
import { emptyBlock } from './rules/empty-block.ts';
import { emptyIsAbsent } from './rules/empty-is-absent.ts';
import { iamPolicy } from './rules/iam-policy.ts';
import { jsonText } from './rules/json-text.ts';
import { keyedListOrder } from './rules/keyed-list-order.ts';
import { nullIsAbsent } from './rules/null-is-absent.ts';
import { numberText } from './rules/number-text.ts';
import { providerTags } from './rules/provider-tags.ts';
import { setOrder } from './rules/set-order.ts';
import { tagsAll } from './rules/tags-all.ts';
import { tagsListOrMap } from './rules/tags-list-or-map.ts';

/** Every rule; the order is the order of asking, so what says most precisely why stands first. */
export const rules: readonly Rule[] = [
  nullIsAbsent,
  emptyIsAbsent,
  emptyBlock,
  tagsAll,
  providerTags,
  tagsListOrMap,
  jsonText,
  iamPolicy,
  setOrder,
  keyedListOrder,
  numberText,
  booleanText,
  allPorts,
];
