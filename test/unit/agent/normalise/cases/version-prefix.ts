import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'version-prefix',
  same: [
    ['what was left open', 'aws_db_instance', { engine_version: '8.0' }, { engine_version: '8.0.39' }],
  ],
  different: [
    ['another minor', 'aws_db_instance', { engine_version: '8.0' }, { engine_version: '8.1' }],
    ['ten is not one', 'aws_db_instance', { engine_version: '1' }, { engine_version: '10.2' }],
    ['less than was asked for', 'aws_db_instance', { engine_version: '8.0.39' }, { engine_version: '8.0' }],
    ['an upgrade by itself', 'aws_db_instance', { engine_version: '8.0.38' }, { engine_version: '8.0.39' }],
  ],
};
