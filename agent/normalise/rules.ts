import type { Rule } from './rule.ts';
import { allPorts } from './rules/all-ports.ts';
import { arnOrName } from './rules/arn-or-name.ts';
import { azureIdCase } from './rules/azure-id-case.ts';
import { base64Text } from './rules/base64-text.ts';
import { bigquerySchema } from './rules/bigquery-schema.ts';
import { booleanText } from './rules/boolean-text.ts';
import { cidrBlock } from './rules/cidr-block.ts';
import { containerDefinitions } from './rules/container-definitions.ts';
import { decimalText } from './rules/decimal-text.ts';
import { defaultCertificate } from './rules/default-certificate.ts';
import { dnsName } from './rules/dns-name.ts';
import { duration } from './rules/duration.ts';
import { emailCase } from './rules/email-case.ts';
import { emptyBlock } from './rules/empty-block.ts';
import { emptyIsAbsent } from './rules/empty-is-absent.ts';
import { enumCase } from './rules/enum-case.ts';
import { eventPattern } from './rules/event-pattern.ts';
import { fileMode } from './rules/file-mode.ts';
import { googlePolicy } from './rules/google-policy.ts';
import { guidCase } from './rules/guid-case.ts';
import { hostedZoneId } from './rules/hosted-zone-id.ts';
import { iamPolicy } from './rules/iam-policy.ts';
import { imageFamily } from './rules/image-family.ts';
import { imageReference } from './rules/image-reference.ts';
import { ipv6Address } from './rules/ipv6-address.ts';
import { jsonText } from './rules/json-text.ts';
import { keyedListOrder } from './rules/keyed-list-order.ts';
import { kubernetesAggregatedRules } from './rules/kubernetes-aggregated-rules.ts';
import { kubernetesDefault } from './rules/kubernetes-default.ts';
import { kubernetesInjectedCa } from './rules/kubernetes-injected-ca.ts';
import { kubernetesPortText } from './rules/kubernetes-port-text.ts';
import { kubernetesQuantity } from './rules/kubernetes-quantity.ts';
import { kubernetesSecretData } from './rules/kubernetes-secret-data.ts';
import { kubernetesServerFields } from './rules/kubernetes-server-fields.ts';
import { lineEndings } from './rules/line-endings.ts';
import { locationName } from './rules/location-name.ts';
import { logGroupArn } from './rules/log-group-arn.ts';
import { managedElsewhere } from './rules/managed-elsewhere.ts';
import { nullIsAbsent } from './rules/null-is-absent.ts';
import { numberText } from './rules/number-text.ts';
import { pemText } from './rules/pem-text.ts';
import { percentEncoding } from './rules/percent-encoding.ts';
import { protocolNumber } from './rules/protocol-number.ts';
import { providerDefault } from './rules/provider-default.ts';
import { providerTags } from './rules/provider-tags.ts';
import { readOnly } from './rules/read-only.ts';
import { selfLink } from './rules/self-link.ts';
import { setOrder } from './rules/set-order.ts';
import { tagsAll } from './rules/tags-all.ts';
import { tagsListOrMap } from './rules/tags-list-or-map.ts';
import { textHash } from './rules/text-hash.ts';
import { timestamp } from './rules/timestamp.ts';
import { toolArgument } from './rules/tool-argument.ts';
import { trailingNewline } from './rules/trailing-newline.ts';
import { txtQuotes } from './rules/txt-quotes.ts';
import { unsetNumber } from './rules/unset-number.ts';
import { unsetSwitch } from './rules/unset-switch.ts';
import { urlRoot } from './rules/url-root.ts';
import { versionPrefix } from './rules/version-prefix.ts';
import { yamlText } from './rules/yaml-text.ts';

/** Every rule; the order is the order of asking, so what says most precisely why stands first. */
export const rules: readonly Rule[] = [
  nullIsAbsent,
  kubernetesServerFields,
  kubernetesSecretData,
  kubernetesAggregatedRules,
  kubernetesInjectedCa,
  kubernetesDefault,
  providerDefault,
  toolArgument,
  unsetSwitch,
  defaultCertificate,
  unsetNumber,
  emptyIsAbsent,
  emptyBlock,
  readOnly,
  tagsAll,
  providerTags,
  tagsListOrMap,
  numberText,
  decimalText,
  booleanText,
  allPorts,
  protocolNumber,
  enumCase,
  cidrBlock,
  ipv6Address,
  dnsName,
  txtQuotes,
  emailCase,
  urlRoot,
  percentEncoding,
  arnOrName,
  selfLink,
  imageFamily,
  azureIdCase,
  locationName,
  hostedZoneId,
  logGroupArn,
  guidCase,
  versionPrefix,
  kubernetesQuantity,
  kubernetesPortText,
  imageReference,
  duration,
  timestamp,
  fileMode,
  lineEndings,
  trailingNewline,
  pemText,
  textHash,
  base64Text,
  containerDefinitions,
  bigquerySchema,
  jsonText,
  eventPattern,
  iamPolicy,
  googlePolicy,
  yamlText,
  setOrder,
  keyedListOrder,
  managedElsewhere,
];
