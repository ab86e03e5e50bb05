import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toPem } from '#ca/x509/pem.ts';
import { writeRequest } from '#ca/x509/request.ts';
import { openSharedAuthority } from '#control-plane/authority/open.ts';
import type { Issued } from '#control-plane/fleet/issuer.ts';
import { asSystem, asTenant } from '#control-plane/store/tenant-tx.ts';
import { toAgentId, type AgentId, type TenantId } from '#proto/domain/identity.ts';
import { openInTemporaryFolder } from '#test/harness/databases.ts';
import { listen } from '#test/harness/link.ts';

export interface Fleet {
  readonly tenant: TenantId;
  readonly ids: readonly AgentId[];
  readonly serials: readonly string[];
  /** What the load reads. */
  readonly file: string;
  readonly trustBundle: string;
  readonly trust: string;
  /** What a bare server's TLS is made of. */
  readonly bare: { readonly key: string; readonly certificateChain: string; readonly clientRoots: string };
}

/**
 * So many enrolled agents of the first tenant, each with a certificate of its own from the installation's authority. They
 * share one key, which nobody but the bench has: making ten thousand would tell nothing.
 */
export async function makeFleet(url: string, { data, count }: { readonly data: string; readonly count: number }): Promise<Fleet> {
  const opened = await openInTemporaryFolder(url);
  const { db } = opened;
  const { authority } = await openSharedAuthority({ db, data, sealKey: null, clock: Date.now, random: randomBytes, log: listen().log });
  const { rows } = await asSystem(db, (tx) => tx.query<{ id: TenantId }>('select id from tenant'));
  const tenant = rows[0]?.id;
  if (tenant === undefined) throw new Error('no tenant');

  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' });
  const accepted = await authority.acceptRequest(await writeRequest(key));
  const ids: AgentId[] = [];
  const issued: Issued[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = toAgentId(randomUUID());
    ids.push(id);
    issued.push(await accepted.issueFor(tenant, id));
  }
  const records = issued.map(({ serial, subject, fingerprint }, index) => ({ agent: ids[index], serial, subject, fingerprint }));
  await asTenant(db, tenant, async (tx) => {
    await tx.query(`insert into agent (tenant, id, name, hostname, version, enrolled_at) select $1, id, 'host', 'host', '0.1.0', now() from unnest($2::uuid[]) id`, [tenant, ids]);
    await tx.query(
      `insert into certificate (tenant, serial, agent, generation, subject, key_hash, fingerprint, not_before, not_after, issued_at)
       select $1, serial, agent, 1, subject, $2, fingerprint, now(), now() + interval '1 day', now()
       from jsonb_to_recordset($3::jsonb) as record (agent uuid, serial text, subject text, fingerprint text)`,
      [tenant, accepted.keyHash, JSON.stringify(records)],
    );
  });
  const { key: serverKey, certificateChain, clientRoots } = await authority.issueServer(['127.0.0.1']);
  await opened.close();

  const file = join(data, 'fleet.json');
  writeFileSync(file, JSON.stringify({ key, chains: issued.map(({ chain }) => toPem(chain)), ids: ids.map(() => randomUUID()) }), { mode: 0o600 });
  return { tenant, ids, serials: issued.map(({ serial }) => serial), file, trustBundle: clientRoots, trust: authority.trust.fingerprint, bare: { key: serverKey, certificateChain, clientRoots } };
}
