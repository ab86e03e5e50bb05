import type { Family } from '../family.ts';

export const huggingface: Family = {
  name: 'huggingface',
  title: 'Hugging Face',
  source: 'https://huggingface.co/docs/hub/security-tokens',
  words: ['huggingface'],
  rules: [
    { id: 'token', keywords: ['hf_'], pattern: /hf_[A-Za-z]{34,40}|hf_(?=[A-Za-z]{0,30}\d)[A-Za-z0-9]{34,40}/, checks: ['mixed-case'] },
    { id: 'org-token', keywords: ['api_org_'], pattern: /api_org_[A-Za-z]{34}/, checks: ['mixed-case'] },
  ],
};
