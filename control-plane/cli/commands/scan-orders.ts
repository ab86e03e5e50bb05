import { z } from 'zod';
import { count } from '../session.ts';

/** The scans that were asked for. */
export const ScanOrders = z.looseObject({ orders: z.array(z.looseObject({ id: z.string(), agent: z.string() })) });

export function tellScan({ orders }: z.infer<typeof ScanOrders>): string {
  return `Asked ${count(orders.length, 'agent')} to scan; one that is not connected scans when it comes back. \`dd0c stacks list\` shows the result when it is in.\n`;
}
