import type { Family } from '../family.ts';

export const huaweiCloud: Family = {
  name: 'huawei-cloud',
  title: 'Huawei Cloud',
  source: 'https://support.huaweicloud.com',
  words: ['huaweicloud'],
};
