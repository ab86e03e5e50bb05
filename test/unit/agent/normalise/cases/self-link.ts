import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'self-link',
  same: [
    ['the full link', 'google_compute_instance', { network: 'https://www.googleapis.com/compute/v1/projects/p/global/networks/n' }, { network: 'projects/p/global/networks/n' }],
    ['the last name', 'google_compute_instance', { machine_type: 'e2-small' }, { machine_type: 'https://www.googleapis.com/compute/v1/projects/p/zones/z/machineTypes/e2-small' }],
  ],
  different: [
    ['another project', 'google_compute_instance', { network: 'projects/p/global/networks/n' }, { network: 'https://www.googleapis.com/compute/v1/projects/q/global/networks/n' }],
    ['part of a name', 'google_compute_instance', { machine_type: 'small' }, { machine_type: 'https://www.googleapis.com/compute/v1/projects/p/zones/z/machineTypes/e2-small' }],
    ['another cloud', 'aws_x', { network: 'n' }, { network: 'projects/p/global/networks/n' }],
  ],
};
