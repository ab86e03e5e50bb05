import { z } from 'zod';

/** The file in a data folder that says where its running server answers; it is gone when the server has ended. */
export const serverNoticeFile = 'server.json';

/** The file in a data folder that holds the first API token, mode 0600. */
export const adminTokenFile = 'admin-token';

/** What the notice says. */
export const ServerNotice = z.object({ http: z.url(), pid: z.number().int() });
export type ServerNotice = z.infer<typeof ServerNotice>;
