import type { Family } from '../family.ts';

export const brevo: Family = {
  name: 'brevo',
  title: 'Brevo (Sendinblue)',
  source: 'https://developers.brevo.com/docs/getting-started',
  words: ['brevo', 'sendinblue'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['xkeysib-', 'xsmtpsib-'], pattern: /x(?:keysib|smtpsib)-[a-f0-9]{64}-[A-Za-z0-9]{16}/ },
  ],
};
