import type { Family } from '../family.ts';

export const courier: Family = {
  name: 'courier',
  title: 'Courier',
  source: 'https://www.courier.com/docs',
  rules: [
    { id: 'key', kind: 'key', keywords: ['pk_prod_', 'pk_test_', 'dk_prod_', 'dk_test_'], pattern: /[pd]k_(?:prod|test)_[A-Z0-9]{28}/ },
  ],
};
