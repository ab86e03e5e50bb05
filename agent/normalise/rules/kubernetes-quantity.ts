import { inUserMap, isTool } from '../place.ts';
import type { Place, Rule, Value } from '../rule.ts';

/** `1000m` against `1`, `1024Mi` against `1Gi`. */
export const kubernetesQuantity: Rule = {
  name: 'kubernetes-quantity',
  reason: 'The same amount in other units; the API keeps amounts in a spelling of its own.',
  appliesTo: (place) => (isTool(place, 'kubernetes') || /^(?:kubernetes_|google_cloud_run_)/.test(place.type)) && !inUserMap(place) && isAmount(place),
  canonical: (value) => amountOf(value) ?? value,
};

const holders = new Set(['requests', 'limits', 'capacity', 'allocatable', 'hard', 'used', 'default', 'defaultrequest', 'max', 'min', 'maxlimitrequestratio', 'overhead', 'podfixed']);

function isAmount(place: Place): boolean {
  const names = place.names;
  return names.slice(0, -1).some((name) => holders.has(name)) || /^(?:sizelimit|storage|divisor|averagevalue)$/.test(place.name);
}

const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, bigint>> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };

/** Billionths, as the API's own grammar reads them (`resource.Quantity`), or null for what is none. */
function amountOf(value: Value): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const parts = /^([+-]?)(\d{1,30})?(?:\.(\d{1,30}))?(?:([eE][+-]?\d{1,2})|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/.exec(String(value));
  if (parts === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent, unit = ''] = parts;
  if (whole === '' && fraction === '') return null;
  const digits = BigInt(`${whole}${fraction}`);
  const scale = 9 - fraction.length + (exponent === undefined ? (decimal[unit] ?? 0) : Number(exponent.slice(1)));
  const scaled = binary[unit] === undefined ? digits : digits << binary[unit];
  if (scale < 0 && scaled % 10n ** BigInt(-scale) !== 0n) return null; // finer than the API counts
  const billionths = scale < 0 ? scaled / 10n ** BigInt(-scale) : scaled * 10n ** BigInt(scale);
  return `${sign === '-' && billionths !== 0n ? '-' : ''}${billionths}n`;
}
