import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'provider-tags',
  same: [
    ['aws: tags', 'aws_instance', { tags: { Name: 'x' } }, { tags: { Name: 'x', 'aws:cloudformation:stack-name': 's' } }],
    ['only an aws: tag', 'AWS::S3::Bucket', {}, { Tags: { 'aws:createdBy': 'x' } }],
    ['Google marks what Terraform made', 'google_storage_bucket', { terraform_labels: {} }, { terraform_labels: { 'goog-terraform-provisioned': 'true' } }],
  ],
  different: [
    ['a tag that only contains the prefix', 'aws_instance', { tags: {} }, { tags: { 'my-aws:x': 's' } }],
    ['the user tag beside it', 'aws_instance', { tags: { Name: 'x' } }, { tags: { Name: 'y', 'aws:a': 'b' } }],
    ['the value of an attribute', 'aws_instance', { ami: 'a' }, { ami: 'aws:b' }],
  ],
};
