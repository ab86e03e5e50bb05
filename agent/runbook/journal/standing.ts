/**
 * The life of an order on this agent:
 *
 *     received --begin--> started --end--> ended
 *     received --end--> ended                       refused, or cancelled before it began
 *
 * "started" is on disk before the process is: an order found there after a crash may have had its effect or not.
 */
export type OrderState = 'received' | 'started' | 'ended';

export type OrderEvent = 'begin' | 'end';

/** The state after an event, or null where it cannot happen then. */
export function next(state: OrderState, event: OrderEvent): OrderState | null {
  if (event === 'begin') return state === 'received' ? 'started' : null;
  return state === 'ended' ? null : 'ended';
}

/** What can truthfully be said of an order's effect by one who only reads the journal. */
export function standing(state: OrderState): 'not done' | 'unknown' | 'done' {
  return ({ received: 'not done', started: 'unknown', ended: 'done' } as const)[state];
}
