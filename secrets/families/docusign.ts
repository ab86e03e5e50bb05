import type { Family } from '../family.ts';

export const docusign: Family = {
  name: 'docusign',
  title: 'DocuSign',
  source: 'https://developers.docusign.com/platform/auth/',
  words: ['docusign'],
};
