import { setImmediate } from 'node:timers/promises';
import { Fault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { DatabaseError } from './database-error.ts';

export interface GroupCommitOptions<Item, Answer> {
  /**
   * Does all of these in one transaction, and answers each in its place; a fault among the answers is that item's alone.
   * What it throws undoes all of them. `brief` is for a group that others wait behind: rather than wait for a row that
   * somebody else holds, it is to fail.
   */
  readonly commit: (tenant: TenantId, items: readonly Item[], patience: Patience) => Promise<readonly (Answer | Fault)[]>;
  /** Two of the same key are never in one group: the one that came later goes with a later one. */
  readonly keyOf: (item: Item) => string;
  readonly limits?: GroupLimits;
}

/** How long a transaction may wait for rows. */
export type Patience = 'brief' | 'long';

export interface GroupLimits {
  /** So that no transaction is long. */
  readonly atOnce: number;
  /** So many that go alone are under way at once: each may wait for long, and keeps a connection meanwhile. */
  readonly aloneAtOnce: number;
}

const usualLimits: GroupLimits = { atOnce: 128, aloneAtOnce: 4 };

interface Waiting<Item, Answer> {
  readonly tenant: TenantId;
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets what comes while a transaction of its tenant is under way go together with the next one, so that thousands cost far
 * fewer commits, and one that comes alone waits for nothing:
 *
 *     waiting --its turn--> in a group --committed--> answered
 *     in a group --the database refuses the group: a value, a row that is held--> alone, with all the others of the group
 *     alone --committed, or refused again--> answered
 *
 * Groups of a tenant follow one another; whatever goes alone holds nobody up.
 */
export function createGroupCommit<Item, Answer>({ commit, keyOf, limits = usualLimits }: GroupCommitOptions<Item, Answer>): (tenant: TenantId, item: Item) => Promise<Answer> {
  const lines = new Map<TenantId, Waiting<Item, Answer>[]>();
  const alone: Waiting<Item, Answer>[] = [];
  let aloneNow = 0;

  return (tenant, item) =>
    new Promise((resolve, reject) => {
      const waiting = { tenant, item, resolve, reject };
      const line = lines.get(tenant);
      if (line !== undefined) return void line.push(waiting);
      const own = [waiting];
      lines.set(tenant, own);
      void serve(tenant, own);
    });

  async function serve(tenant: TenantId, line: Waiting<Item, Answer>[]): Promise<void> {
    while (line.length > 0) {
      await setImmediate(); // what arrived with it goes with it
      await tryTogether(tenant, takeGroup(line));
    }
    lines.delete(tenant);
  }

  /** From the front, in order; of each key the first. */
  function takeGroup(line: Waiting<Item, Answer>[]): readonly Waiting<Item, Answer>[] {
    const group = new Map<string, Waiting<Item, Answer>>();
    const left: Waiting<Item, Answer>[] = [];
    for (const waiting of line.splice(0)) {
      const key = keyOf(waiting.item);
      if (group.size < limits.atOnce && !group.has(key)) group.set(key, waiting);
      else left.push(waiting);
    }
    line.push(...left);
    return [...group.values()];
  }

  async function tryTogether(tenant: TenantId, group: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      answer(group, await commit(tenant, group.map(({ item }) => item), 'brief'));
    } catch (error) {
      if (!(error instanceof DatabaseError)) return refuse(group, error); // it is away for all of them
      alone.push(...group);
      serveAlone();
    }
  }

  function serveAlone(): void {
    while (aloneNow < limits.aloneAtOnce) {
      const next = alone.shift();
      if (next === undefined) return;
      aloneNow += 1;
      void goAlone(next);
    }
  }

  async function goAlone(waiting: Waiting<Item, Answer>): Promise<void> {
    try {
      answer([waiting], await commit(waiting.tenant, [waiting.item], 'long'));
    } catch (error) {
      refuse([waiting], error);
    }
    aloneNow -= 1;
    serveAlone();
  }
}

function answer<Item, Answer>(group: readonly Waiting<Item, Answer>[], answers: readonly (Answer | Fault)[]): void {
  for (const [index, { resolve, reject }] of group.entries()) {
    const own = answers[index];
    if (own === undefined || own instanceof Fault) reject(own ?? new Error('a group was answered in part'));
    else resolve(own);
  }
}

function refuse<Item, Answer>(group: readonly Waiting<Item, Answer>[], error: unknown): void {
  for (const { reject } of group) reject(error);
}
