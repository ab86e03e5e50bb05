/** One requirement of a label selector. */
type Requirement = (labels: Readonly<Record<string, unknown>>) => boolean;

const key = String.raw`[A-Za-z0-9](?:[\w./-]*[A-Za-z0-9])?`;
const value = String.raw`(?:[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)?`;
const forms = {
  set: new RegExp(String.raw`^(${key})\s+(in|notin)\s+\(\s*(${value}(?:\s*,\s*${value})*)\s*\)$`),
  equal: new RegExp(String.raw`^(${key})\s*(==|=|!=)\s*(${value})$`),
  there: new RegExp(String.raw`^(!?)\s*(${key})$`),
};

export function isSelector(text: string): boolean {
  return text.trim() !== '' && requirements(text) !== null;
}

/**
 * True where the labels meet every requirement, as the API reads a selector
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors): `!=` and `notin` also
 * hold where the label is not there.
 */
export function selects(text: string, labels: Readonly<Record<string, unknown>>): boolean {
  return requirements(text)?.every((requirement) => requirement(labels)) ?? false;
}

/** Null where one of them cannot be read. */
function requirements(text: string): readonly Requirement[] | null {
  const parts = text.split(/,(?![^(]*\))/).map((part) => requirement(part.trim()));
  return parts.some((part) => part === null) ? null : parts.filter((part) => part !== null);
}

function requirement(text: string): Requirement | null {
  const [, name = '', operator, list = ''] = forms.set.exec(text) ?? [];
  if (operator !== undefined) {
    const values = list.split(',').map((item) => item.trim());
    return (labels) => values.includes(labelOf(labels, name) ?? missing) === (operator === 'in');
  }
  const [, wanted = '', sign, exact = ''] = forms.equal.exec(text) ?? [];
  if (sign !== undefined) return (labels) => (labelOf(labels, wanted) === exact) === (sign !== '!=');
  const [, not, present] = forms.there.exec(text) ?? [];
  return present === undefined ? null : (labels) => (labelOf(labels, present) !== undefined) === (not === '');
}

/** No label's value can be this. */
const missing = '\0';

function labelOf(labels: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const found = Object.hasOwn(labels, name) ? labels[name] : undefined;
  return typeof found === 'string' ? found : undefined;
}
