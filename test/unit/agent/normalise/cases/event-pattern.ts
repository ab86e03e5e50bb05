import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'event-pattern',
  same: [
    ['alternatives in a pattern of events', 'aws_cloudwatch_event_rule', { event_pattern: '{"source":["a","b"],"detail":{"state":[{"prefix":"x"},"y"]}}' }, { event_pattern: '{"detail":{"state":["y",{"prefix":"x"}]},"source":["b","a"]}' }],
    ['alternatives of a subscription', 'aws_sns_topic_subscription', { filter_policy: '{"kind":["a","b"]}' }, { filter_policy: '{"kind":["b","a"]}' }],
    ['alternatives of a function that reads a queue', 'aws_lambda_event_source_mapping', { filter_criteria: [{ filter: [{ pattern: '{"body":{"kind":["a","b"]}}' }] }] }, { filter_criteria: [{ filter: [{ pattern: '{"body":{"kind":["b","a"]}}' }] }] }],
    ['the same by another tool', 'AWS::Events::Rule', { EventPattern: { source: ['a', 'b'] } }, { EventPattern: { source: ['b', 'a'] } }],
  ],
  different: [
    ['a range of numbers in a pattern', 'aws_cloudwatch_event_rule', { event_pattern: '{"detail":{"n":[{"numeric":[">",1,"<",5]}]}}' }, { event_pattern: '{"detail":{"n":[{"numeric":["<",1,">",5]}]}}' }],
    ['one alternative more', 'aws_cloudwatch_event_rule', { event_pattern: '{"source":["a","b"]}' }, { event_pattern: '{"source":["b","a","c"]}' }],
    ['a list in what an event target is given', 'aws_cloudwatch_event_target', { input: '{"source":["a","b"]}' }, { input: '{"source":["b","a"]}' }],
    ['a list in a document that is no pattern', 'aws_sfn_state_machine', { definition: '{"steps":["a","b"]}' }, { definition: '{"steps":["b","a"]}' }],
  ],
};
