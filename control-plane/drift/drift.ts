import type { TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import type { Page } from '../store/cursor.ts';
import { asTenant } from '../store/tenant-tx.ts';
import { getFinding, listFindings, type FindingDetail, type FindingQuery, type FindingSummary } from './findings.ts';
import { latestReport, listReports, type ReportDetail, type ReportSummary } from './reports.ts';
import { getStack, listStacks, type PageQuery, type Stack } from './stacks.ts';

/** What can be asked about drift, for one tenant at a time. Unknown ids are Fault `not-found`, bad cursors `request-invalid`. */
export interface Drift {
  listStacks(tenant: TenantId, page: PageQuery): Promise<Page<Stack>>;
  getStack(tenant: TenantId, stack: string): Promise<Stack>;
  listReports(tenant: TenantId, stack: string, page: PageQuery): Promise<Page<ReportSummary>>;
  latestReport(tenant: TenantId, stack: string): Promise<ReportDetail>;
  listFindings(tenant: TenantId, query: FindingQuery): Promise<Page<FindingSummary>>;
  getFinding(tenant: TenantId, id: string): Promise<FindingDetail>;
}

export function createDrift(db: Database): Drift {
  return {
    listStacks: (tenant, page) => asTenant(db, tenant, (tx) => listStacks(tx, page)),
    getStack: (tenant, stack) => asTenant(db, tenant, (tx) => getStack(tx, stack)),
    listReports: (tenant, stack, page) => asTenant(db, tenant, (tx) => listReports(tx, stack, page)),
    latestReport: (tenant, stack) => asTenant(db, tenant, (tx) => latestReport(tx, stack)),
    listFindings: (tenant, query) => asTenant(db, tenant, (tx) => listFindings(tx, query)),
    getFinding: (tenant, id) => asTenant(db, tenant, (tx) => getFinding(tx, id)),
  };
}
