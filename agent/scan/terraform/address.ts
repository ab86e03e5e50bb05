/** The key of one instance: none, `count`'s number or `for_each`'s text. `[0]` is not `["0"]`. */
export type InstanceKey = number | string | null;

/** What names a resource before its instances are told apart. */
export interface ResourceName {
  /** `module.net.module.subnets["a"]`, empty for the root. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
}

/** `module.net.aws_subnet.a`, without an instance key. */
export function resourceAddress({ module, type, name }: ResourceName): string {
  return module === '' ? `${type}.${name}` : `${module}.${type}.${name}`;
}

/** `[0]`, `["x"]` or nothing, as terraform writes it. */
export function writeKey(key: InstanceKey): string {
  if (key === null) return '';
  return typeof key === 'number' ? `[${key}]` : `[${quote(key)}]`;
}

/** An object left over by a replacement that did not finish, beside the current one. */
export function deposedAddress(address: string, deposed: string): string {
  return `${address} (deposed object ${deposed})`;
}

/** `module.net["a"].aws_subnet.b[0]` as `module.net.aws_subnet.b`. */
export function withoutKeys(address: string): string {
  return address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '').replace(/ \(deposed object .*\)$/, '');
}

/** A text as HCL quotes it; `${` and `%{` would begin a template there. */
function quote(text: string): string {
  const inner = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/([$%])\{/g, '$1$1{');
  return `"${inner}"`;
}

/**
 * The provider's full name out of how a state, a show or a plan writes it: `provider["host/ns/type"].alias`,
 * `module.m.provider.aws.eu` and plain `aws`. Names from before there were namespaces get `-`, as terraform's own upgrade does.
 */
export function providerName(written: unknown): string | null {
  if (typeof written !== 'string' || written === '') return null;
  const full = /(?:^|\.)provider\["([^"]+)"\]/.exec(written)?.[1];
  if (full !== undefined) return full;
  const legacy = /(?:^|\.)provider\.([^.[\]"]+)/.exec(written)?.[1] ?? written;
  return legacy.includes('/') ? legacy : `registry.terraform.io/-/${legacy}`;
}
