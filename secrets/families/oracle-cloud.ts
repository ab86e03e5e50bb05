import type { Family } from '../family.ts';

export const oracleCloud: Family = {
  name: 'oracle-cloud',
  title: 'Oracle Cloud',
  source: 'https://docs.oracle.com/en-us/iaas/Content/Identity/Tasks/managingcredentials.htm',
};
