import { RE2JS } from 're2js';
import { atLeast, type PropertyDifference, type Severity } from '#proto/domain/finding.ts';
import { type Parameter, whyNotValue } from './document/parameter.ts';
import type { Runbook } from './document/runbook.ts';
import type { Selector } from './document/schema.ts';

/** Of a finding, what decides which runbooks are for it and what fills their parameters. */
export interface Subject {
  readonly address: string;
  readonly type: string;
  readonly stack: string;
  readonly severity: Severity;
  readonly properties: readonly Pick<PropertyDifference, 'path' | 'before' | 'after'>[];
}

/** Whether a runbook is for a finding. One that says nothing of findings is for none. */
export function isFor(selector: Selector | null, { type, address, severity }: Subject): boolean {
  if (selector === null) return false;
  if (selector.type && !selector.type.some((glob) => covers(glob, type))) return false;
  if (selector.severity && !atLeast(severity, selector.severity)) return false;
  return selector.address === undefined || covers(selector.address, address);
}

/** What a finding says for the parameters of a runbook, and what is still to be given by a person, with the reason. */
export interface Filling {
  readonly parameters: Readonly<Record<string, string>>;
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

/** A value from a finding is a stranger's: it is taken only where the parameter would take it from anybody. */
export function fillFrom({ parameters }: Pick<Runbook, 'parameters'>, subject: Subject): Filling {
  const filled: Record<string, string> = {};
  const missing: { name: string; reason: string }[] = [];
  for (const parameter of parameters) {
    const told = parameter.from === undefined ? null : valueAt(subject, parameter.from);
    const reason = told === null ? whyUntold(parameter) : whyNotValue(parameter, told);
    if (told !== null && reason === null) filled[parameter.name] = told;
    else if (reason !== null) missing.push({ name: parameter.name, reason });
  }
  return { parameters: filled, missing };
}

function whyUntold({ from, default: usual }: Parameter): string | null {
  if (usual !== undefined) return null;
  return from === undefined ? 'it is for a person to say' : `the finding has no ${from.replace('finding.', '')}`;
}

function valueAt(subject: Subject, from: string): string | null {
  const [, side, path] = /^finding\.(before|after)\.(.+)$/.exec(from) ?? [];
  if (path === undefined) return subject[from.replace('finding.', '') as 'address' | 'type' | 'stack' | 'severity']; // the document's schema knows no others
  const value = subject.properties.find((property) => property.path === path)?.[side === 'before' ? 'before' : 'after'];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** `*` is any number of characters. RE2, because the glob is a document's and the text an agent's. */
function covers(glob: string, text: string): boolean {
  return RE2JS.compile(glob.split('*').map((part) => RE2JS.quote(part)).join('.*'), RE2JS.DOTALL).matches(text);
}
