/** Orders older than this many are forgotten; the control plane redelivers only what was not confirmed. */
const remembered = 1_000;

/** Hands each order on once: delivery is at least once, so an order may come again with the next session. */
export function oncePerOrder<Order extends { readonly id: string }>(onOrder: (order: Order) => void): (order: Order) => void {
  const seen = new Set<string>();

  return (order) => {
    if (seen.has(order.id)) return;
    seen.add(order.id);
    const [oldest] = seen;
    if (seen.size > remembered && oldest !== undefined) seen.delete(oldest);
    onOrder(order);
  };
}
