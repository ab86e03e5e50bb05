import type { TenantId } from '#proto/domain/identity.ts';
import type { Actor } from './record.ts';

/** Who asks: an API token stands for one person. */
export interface Person {
  readonly tenant: TenantId;
  readonly tokenId: string;
  readonly name: string;
  readonly role: 'viewer' | 'operator' | 'admin';
}

export function actorOf({ tokenId, name }: Person): Actor {
  return { person: tokenId, name };
}
