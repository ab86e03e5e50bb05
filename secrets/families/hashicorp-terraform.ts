import type { Family } from '../family.ts';

export const hashicorpTerraform: Family = {
  name: 'hashicorp-terraform',
  title: 'HCP Terraform',
  source: 'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
  rules: [
    { id: 'token', keywords: ['.atlasv1.'], near: [20, 100], pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}/ },
  ],
};
