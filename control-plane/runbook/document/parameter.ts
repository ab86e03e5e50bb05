import { RE2JS } from 're2js';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { Name } from '#proto/domain/step-plan.ts';

/** What a value may be where its document does not say: nothing in it means anything to a shell, and it is no option. */
export const usualPattern = '[A-Za-z0-9_][A-Za-z0-9._:/@=+-]{0,253}';

const note = z.string().max(500).regex(/^[^\p{Cc}\p{Cf}]*$/u, 'no control characters');
const common = { name: Name, description: note.default(''), from: z.string().max(256).regex(/^finding\.(address|type|stack|severity|(before|after)\..+)$/, 'finding.address, .type, .stack, .severity, .before.PATH or .after.PATH').optional() };

/** What a person, or a finding, has to say before the steps are whole. Values travel as text. */
export const Parameter = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('string'), pattern: z.string().max(500).refine(isPattern, 'a pattern in RE2').optional(), enum: z.array(z.string().min(1).max(200)).min(1).max(100).optional(), default: z.string().max(500).optional() }),
  z.strictObject({ ...common, type: z.literal('int'), min: z.int().optional(), max: z.int().optional(), default: z.int().optional() }),
  z.strictObject({ ...common, type: z.literal('bool'), default: z.boolean().optional() }),
]);
export type Parameter = z.infer<typeof Parameter>;

/** At most as long as any argument needs to be. */
const maxValueLength = 4_096;

/** Why a value is not one that this parameter takes, or null where it is. */
export function whyNotValue(parameter: Parameter, value: string): string | null {
  if (value.length > maxValueLength) return `longer than ${maxValueLength} characters`;
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(value)) return 'control, hidden or reordering characters';
  switch (parameter.type) {
    case 'bool':
      return value === 'true' || value === 'false' ? null : 'neither true nor false';
    case 'int':
      return whyNotInt(parameter, value);
    case 'string':
      if (parameter.enum) return parameter.enum.includes(value) ? null : `none of ${parameter.enum.join(', ')}`;
      return matches(parameter.pattern ?? usualPattern, value) ? null : `it does not match ${parameter.pattern ?? usualPattern}`;
  }
}

/**
 * The values of all parameters, defaults included.
 * @throws Fault `parameter-invalid`, which does not repeat a value: it may have been a secret in the wrong place
 */
export function settle(parameters: readonly Parameter[], given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const stranger = Object.keys(given).find((name) => !parameters.some((parameter) => parameter.name === name));
  if (stranger !== undefined) throw new Fault('parameter-invalid', { parameter: stranger, reason: 'the runbook has no such parameter' });
  return Object.fromEntries(
    parameters.map((parameter) => {
      const value = (Object.hasOwn(given, parameter.name) ? given[parameter.name] : undefined) ?? parameter.default?.toString();
      if (value === undefined) throw new Fault('parameter-invalid', { parameter: parameter.name, reason: 'it is missing' });
      const reason = whyNotValue(parameter, value);
      if (reason !== null) throw new Fault('parameter-invalid', { parameter: parameter.name, reason });
      return [parameter.name, value];
    }),
  );
}

function whyNotInt({ min, max }: Extract<Parameter, { type: 'int' }>, value: string): string | null {
  if (!/^(0|-?[1-9]\d{0,15})$/.test(value) || !Number.isSafeInteger(Number(value))) return 'not a whole number';
  if (min !== undefined && Number(value) < min) return `less than ${min}`;
  return max !== undefined && Number(value) > max ? `more than ${max}` : null;
}

/** The whole value; RE2 takes time in proportion to it, whatever the pattern. */
function matches(pattern: string, value: string): boolean {
  return RE2JS.compile(pattern).matches(value);
}

function isPattern(text: string): boolean {
  try {
    RE2JS.compile(text);
    return true;
  } catch {
    return false;
  }
}
