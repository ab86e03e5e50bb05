import type { Family } from '../family.ts';

export const ansibleVault: Family = {
  name: 'ansible-vault',
  title: 'Ansible Vault',
  source: 'https://docs.ansible.com/ansible/latest/vault_guide/',
};
