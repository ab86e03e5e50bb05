import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'kubernetes-secret-data',
  same: [
    ['the same bytes', 'kubernetes:v1/Secret', { stringData: { user: 'admin' } }, { data: { user: 'YWRtaW4=' } }],
    ['both kinds', 'kubernetes:v1/Secret', { data: { a: 'YQ==' }, stringData: { b: 'b' } }, { data: { a: 'YQ==', b: 'Yg==' } }],
  ],
  different: [
    ['other bytes', 'kubernetes:v1/Secret', { stringData: { user: 'admin' } }, { data: { user: 'cm9vdA==' } }],
    ['a key more', 'kubernetes:v1/Secret', { stringData: { user: 'admin' } }, { data: { user: 'YWRtaW4=', x: 'eA==' } }],
    ['a ConfigMap keeps texts', 'kubernetes:v1/ConfigMap', { stringData: { user: 'admin' } }, { data: { user: 'YWRtaW4=' } }],
  ],
};
