import type { Logger } from 'pino';
import { Fault } from '#proto/domain/fault.ts';
import type { Access } from './access/access.ts';
import type { ServerConfig } from './config/server-arguments.ts';
import type { DataFolder } from './data-folder.ts';

/** Makes the first tenant and writes its administrator's token; on demand, writes another one. The token is never logged. */
export async function bootstrapAccess(
  access: Pick<Access, 'bootstrap' | 'tenants' | 'createApiToken'>,
  folder: Pick<DataFolder, 'writeAdminToken'>,
  { newAdminToken }: Pick<ServerConfig, 'newAdminToken'>,
  log: Pick<Logger, 'info'>,
): Promise<void> {
  const first = await access.bootstrap((token) => folder.writeAdminToken(token));
  if (first !== null) {
    log.info({ tenant: first.tenant }, 'made the first tenant; its administrator’s token lies in the data folder as admin-token');
  } else if (newAdminToken) {
    const [tenant] = await access.tenants();
    if (tenant === undefined) throw new Fault('broken', { reason: 'no tenant' });
    const { id, token } = await access.createApiToken({ tenant }, { name: 'administrator', role: 'admin' });
    await folder.writeAdminToken(token);
    log.info({ tenant, tokenId: id }, 'wrote a new administrator’s token into the data folder as admin-token');
  }
}
