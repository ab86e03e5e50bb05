import { Fault } from '#proto/domain/fault.ts';
import type { Draft } from '../x509/draft.ts';

/** What the rules may look at beside the request and the draft. */
export interface Circumstances {
  readonly nowMs: number;
  readonly trustDomain: string;
  /** End of the certificate that will sign. */
  readonly issuerNotAfter: Date;
}

/** Refuses a request, by answering why. */
export type Validator<Ask> = (ask: Ask, at: Circumstances) => string | null;
/** Sets a part of the certificate. */
export type Modifier<Ask> = (draft: Draft, ask: Ask, at: Circumstances) => Draft;
/** Refuses a finished draft, by answering why. */
export type Enforcer = (draft: Draft, at: Circumstances) => string | null;

/** How one kind of certificate is issued, in three verbs: what comes in is judged, the draft is made, what goes out is judged. */
export interface Policy<Ask> {
  readonly validate: readonly Validator<Ask>[];
  readonly modify: readonly Modifier<Ask>[];
  readonly enforce: readonly Enforcer[];
}

/**
 * The draft that a policy makes of a request. Modifiers work in their order; enforcers see the result and have the last
 * word, so that a wrong modifier is found before anything is signed.
 * @throws Fault `policy-refused`
 */
export function draftUnder<Ask>({ validate, modify, enforce }: Policy<Ask>, ask: Ask, blank: Draft, at: Circumstances): Draft {
  refuse(validate.map((rule) => rule(ask, at)));
  const draft = modify.reduce((before, rule) => rule(before, ask, at), blank);
  refuse(enforce.map((rule) => rule(draft, at)));
  return draft;
}

function refuse(reasons: readonly (string | null)[]): void {
  const reason = reasons.find((reason) => reason !== null);
  if (reason !== undefined) throw new Fault('policy-refused', { reason });
}
