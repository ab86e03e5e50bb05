import type { Family } from '../family.ts';

export const openshift: Family = {
  name: 'openshift',
  title: 'OpenShift',
  source: 'https://docs.openshift.com/container-platform/latest/authentication/',
  rules: [
    { id: 'token', keywords: ['sha256~'], pattern: /sha256~[A-Za-z0-9_-]{43}/ },
  ],
};
