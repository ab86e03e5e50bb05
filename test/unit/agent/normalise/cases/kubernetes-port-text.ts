import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'kubernetes-port-text',
  same: [
    ['a number as text', 'kubernetes:v1/Service', { spec: { ports: [{ port: 80, targetPort: '8080' }] } }, { spec: { ports: [{ port: 80, targetPort: 8080 }] } }],
  ],
  different: [
    ['a name', 'kubernetes:v1/Service', { spec: { ports: [{ port: 80, targetPort: 'http' }] } }, { spec: { ports: [{ port: 80, targetPort: 80 }] } }],
    ['another number', 'kubernetes:v1/Service', { spec: { ports: [{ port: 80, targetPort: '8080' }] } }, { spec: { ports: [{ port: 80, targetPort: 8081 }] } }],
  ],
};
