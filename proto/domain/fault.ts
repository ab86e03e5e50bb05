import { faults, type FaultCode, type FaultKind } from './faults.ts';

/** What a fault may say beside its code: logged and shown, so never a secret. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The one error thrown on purpose. Any other is a bug, told to peers as `broken`. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly facts: Facts;

  constructor(code: FaultCode, facts: Facts = {}, options?: ErrorOptions) {
    super(`[${code}] ${faults[code].message}${tell(facts)}`, options);
    this.code = code;
    this.facts = facts;
  }

  get kind(): FaultKind {
    return faults[this.code].kind;
  }

  /** What the reader can do about it. */
  get next(): string {
    return faults[this.code].next;
  }
}

/** Turns whatever was thrown into a fault; what was not thrown on purpose becomes `broken`, its cause kept for logs. */
export function asFault(error: unknown): Fault {
  return error instanceof Fault ? error : new Fault('broken', {}, { cause: error });
}

function tell(facts: Facts): string {
  const told = Object.entries(facts).filter(([, value]) => value !== undefined);
  return told.length === 0 ? '' : ` (${told.map(([key, value]) => `${key}: ${String(value)}`).join(', ')})`;
}
