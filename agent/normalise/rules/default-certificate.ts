import { isObject } from '#proto/domain/json.ts';
import { fieldNamed } from '../siblings/field-named.ts';
import { inDocument, isOfFamily } from '../place.ts';
import type { Rule, Value } from '../rule.ts';

/**
 * `ssl_support_method` of a distribution without a certificate of its own
 * (https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html).
 */
export const defaultCertificate: Rule = {
  name: 'default-certificate',
  reason: 'With CloudFront’s own certificate CloudFront decides by itself about TLS, whatever is written here.',
  appliesTo: (place) => !inDocument(place) && place.names.at(-2) === 'viewercertificate' && idle.has(place.name) && isOfFamily(place, 'aws_cloudfront_distribution'),
  explains: ({ parent }) => isDefault(parent.before) && isDefault(parent.after),
};

const idle = new Set(['sslsupportmethod', 'minimumprotocolversion']);

function isDefault(certificate: Value): boolean {
  return isObject(certificate) && fieldNamed(certificate, 'cloudfront_default_certificate') === true;
}
