import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'tags-all',
  same: [
    ['the same change as in tags', 'aws_vpc', { tags: { a: '1' }, tags_all: { a: '1', team: 'x' } }, { tags: { a: '2' }, tags_all: { a: '2', team: 'x' } }, ['tags.a']],
    ['a tag more', 'google_storage_bucket', { labels: {}, effective_labels: { b: '2' } }, { labels: { a: '1' }, effective_labels: { a: '1', b: '2' } }, ['labels.a']],
    ['a default tag was written over by hand', 'aws_db_instance', { tags: null, tags_all: { team: 'x' } }, { tags: { team: 'y' }, tags_all: { team: 'y' } }, ['tags.team']],
  ],
  different: [
    ['a default tag was removed by hand', 'aws_vpc', { tags: { a: '1' }, tags_all: { a: '1', team: 'x' } }, { tags: { a: '1' }, tags_all: { a: '1' } }],
    ['another value than in tags', 'aws_vpc', { tags: { a: '1' }, tags_all: { a: '1' } }, { tags: { a: '2' }, tags_all: { a: '3' } }],
    ['a default tag that the other map says nothing of', 'aws_vpc', { tags: { a: '1' }, tags_all: { a: '1', team: 'x' } }, { tags: { a: '1' }, tags_all: { a: '1', team: 'y' } }],
    ['another value over a default tag than in tags', 'aws_vpc', { tags: {}, tags_all: { team: 'x' } }, { tags: { team: 'y' }, tags_all: { team: 'z' } }],
  ],
};
