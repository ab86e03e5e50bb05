import { spellText } from '../fields.ts';
import { inDocument, inUserMap } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `"1000"` against `"1000.0"`: amounts and thresholds that APIs keep as decimals. A version is none. */
export const decimalText: Rule = {
  name: 'decimal-text',
  reason: 'The same amount of money, load or measure, with and without zeros behind the point.',
  appliesTo: (place) => !inDocument(place) && !inUserMap(place) && amounts.test(place.name),
  canonical: spellText((text) => (/^-?(?:0|[1-9]\d*)\.\d+$/.test(text) ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text)),
};

const amounts = /amount$|price$|threshold$|^(?:critical|warning|criticalrecovery|warningrecovery|ok|unknown|evaluationthreshold|targetvalue|maxcapacity|mincapacity|sampleratepercentage|samplingpercentage|ratelimit|burstlimit|throttlingratelimit)$/;
