import type { RuleCases } from './rule-cases.ts';
import { cases as allPorts } from './cases/all-ports.ts';
import { cases as arnOrName } from './cases/arn-or-name.ts';
import { cases as azureIdCase } from './cases/azure-id-case.ts';
import { cases as base64Text } from './cases/base64-text.ts';
import { cases as bigquerySchema } from './cases/bigquery-schema.ts';
import { cases as booleanText } from './cases/boolean-text.ts';
import { cases as cidrBlock } from './cases/cidr-block.ts';
import { cases as containerDefinitions } from './cases/container-definitions.ts';
import { cases as decimalText } from './cases/decimal-text.ts';
import { cases as defaultCertificate } from './cases/default-certificate.ts';
import { cases as dnsName } from './cases/dns-name.ts';
import { cases as duration } from './cases/duration.ts';
import { cases as emailCase } from './cases/email-case.ts';
import { cases as emptyBlock } from './cases/empty-block.ts';
import { cases as emptyIsAbsent } from './cases/empty-is-absent.ts';
import { cases as enumCase } from './cases/enum-case.ts';
import { cases as eventPattern } from './cases/event-pattern.ts';
import { cases as fileMode } from './cases/file-mode.ts';
import { cases as googlePolicy } from './cases/google-policy.ts';
import { cases as guidCase } from './cases/guid-case.ts';
import { cases as hostedZoneId } from './cases/hosted-zone-id.ts';
import { cases as iamPolicy } from './cases/iam-policy.ts';
import { cases as imageFamily } from './cases/image-family.ts';
import { cases as imageReference } from './cases/image-reference.ts';
import { cases as ipv6Address } from './cases/ipv6-address.ts';
import { cases as jsonText } from './cases/json-text.ts';
import { cases as keyedListOrder } from './cases/keyed-list-order.ts';
import { cases as kubernetesAggregatedRules } from './cases/kubernetes-aggregated-rules.ts';
import { cases as kubernetesDefault } from './cases/kubernetes-default.ts';
import { cases as kubernetesInjectedCa } from './cases/kubernetes-injected-ca.ts';
import { cases as kubernetesPortText } from './cases/kubernetes-port-text.ts';
import { cases as kubernetesQuantity } from './cases/kubernetes-quantity.ts';
import { cases as kubernetesSecretData } from './cases/kubernetes-secret-data.ts';
import { cases as kubernetesServerFields } from './cases/kubernetes-server-fields.ts';
import { cases as lineEndings } from './cases/line-endings.ts';
import { cases as locationName } from './cases/location-name.ts';
import { cases as logGroupArn } from './cases/log-group-arn.ts';
import { cases as nullIsAbsent } from './cases/null-is-absent.ts';
import { cases as numberText } from './cases/number-text.ts';
import { cases as pemText } from './cases/pem-text.ts';
import { cases as percentEncoding } from './cases/percent-encoding.ts';
import { cases as protocolNumber } from './cases/protocol-number.ts';
import { cases as providerDefault } from './cases/provider-default.ts';
import { cases as providerTags } from './cases/provider-tags.ts';
import { cases as readOnly } from './cases/read-only.ts';
import { cases as selfLink } from './cases/self-link.ts';
import { cases as setOrder } from './cases/set-order.ts';
import { cases as tagsAll } from './cases/tags-all.ts';
import { cases as tagsListOrMap } from './cases/tags-list-or-map.ts';
import { cases as textHash } from './cases/text-hash.ts';
import { cases as timestamp } from './cases/timestamp.ts';
import { cases as toolArgument } from './cases/tool-argument.ts';
import { cases as trailingNewline } from './cases/trailing-newline.ts';
import { cases as txtQuotes } from './cases/txt-quotes.ts';
import { cases as unsetNumber } from './cases/unset-number.ts';
import { cases as unsetSwitch } from './cases/unset-switch.ts';
import { cases as urlRoot } from './cases/url-root.ts';
import { cases as versionPrefix } from './cases/version-prefix.ts';
import { cases as yamlText } from './cases/yaml-text.ts';

/** One table for each rule. */
export const everyRule: readonly RuleCases[] = [
  allPorts,
  arnOrName,
  azureIdCase,
  base64Text,
  bigquerySchema,
  booleanText,
  cidrBlock,
  containerDefinitions,
  decimalText,
  defaultCertificate,
  dnsName,
  duration,
  emailCase,
  emptyBlock,
  emptyIsAbsent,
  enumCase,
  eventPattern,
  fileMode,
  googlePolicy,
  guidCase,
  hostedZoneId,
  iamPolicy,
  imageFamily,
  imageReference,
  ipv6Address,
  jsonText,
  keyedListOrder,
  kubernetesAggregatedRules,
  kubernetesDefault,
  kubernetesInjectedCa,
  kubernetesPortText,
  kubernetesQuantity,
  kubernetesSecretData,
  kubernetesServerFields,
  lineEndings,
  locationName,
  logGroupArn,
  nullIsAbsent,
  numberText,
  pemText,
  percentEncoding,
  protocolNumber,
  providerDefault,
  providerTags,
  readOnly,
  selfLink,
  setOrder,
  tagsAll,
  tagsListOrMap,
  textHash,
  timestamp,
  toolArgument,
  trailingNewline,
  txtQuotes,
  unsetNumber,
  unsetSwitch,
  urlRoot,
  versionPrefix,
  yamlText,
];

/** Rules that say how one side came out of the other. */
export const directed: ReadonlySet<string> = new Set(['provider-default', 'version-prefix', 'kubernetes-injected-ca', 'unset-switch', 'unset-number', 'image-family']);
