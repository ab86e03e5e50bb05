import type { RuleCases } from '../rule-cases.ts';

const long = 'x'.repeat(255);

export const cases: RuleCases = {
  rule: 'txt-quotes',
  same: [
    ['a record of a zone', 'google_dns_record_set', { type: 'TXT', rrdatas: ['v=spf1 -all'] }, { type: 'TXT', rrdatas: ['"v=spf1 -all"'] }],
    ['one of several', 'aws_route53_record', { type: 'TXT', records: ['a=1', 'b=2'] }, { type: 'TXT', records: ['"a=1"', '"b=2"'] }],
    ['a quote in the text', 'cloudflare_record', { type: 'TXT', content: 'say "hi"' }, { type: 'TXT', content: '"say \\"hi\\""' }],
    ['a text that is longer than one piece can be', 'google_dns_record_set', { type: 'TXT', rrdatas: [`${long}rest`] }, { type: 'TXT', rrdatas: [`"${long}" "rest"`] }],
  ],
  different: [
    ['another letter', 'google_dns_record_set', { type: 'TXT', rrdatas: ['v=spf1 -all'] }, { type: 'TXT', rrdatas: ['"v=spf1 ~all"'] }],
    ['letter case', 'aws_route53_record', { type: 'TXT', records: ['Token'] }, { type: 'TXT', records: ['"token"'] }],
    ['two pieces that fit into one', 'google_dns_record_set', { type: 'TXT', rrdatas: ['"ab"'] }, { type: 'TXT', rrdatas: ['"a" "b"'] }],
    ['a record of another kind', 'aws_route53_record', { type: 'CAA', records: ['0 issue letsencrypt.org'] }, { type: 'CAA', records: ['0 issue "letsencrypt.org"'] }],
  ],
};
