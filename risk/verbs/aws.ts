import type { Args } from '../args.ts';
import type { Call } from '../context.ts';
import type { Ruling } from '../ruling.ts';
import { hole, isKnown } from '../shell/value.ts';
import type { Tool } from '../tool.ts';
import { readFiles, writeFile } from './readers.ts';

const valued = '--region --profile --output --endpoint-url --query --color --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format';

/** Reads that hand out a secret, or a key to one. */
const secretReads = /^(secretsmanager (get-secret-value|batch-get-secret-value)|ssm (get-parameters?|get-parameters-by-path|get-parameter-history)|sts (get-session-token|get-federation-token|assume-role\S*|get-web-identity-token)|ecr\S* (get-login\S*|get-authorization-token)|eks get-token|rds generate-db-auth-token|dsql generate-\S+|ec2 (get-password-data|get-console-output|get-console-screenshot|get-launch-template-data|describe-instance-attribute|create-key-pair)|iam (create-access-key|get-credential-report)|lambda (get-function|get-function-configuration|list-functions)|kms (decrypt|generate-data-key\S*)|codeartifact get-authorization-token|cognito-idp (get-|describe-user-pool-client)|cognito-identity get-credentials\S*|redshift get-cluster-credentials\S*|redshift-serverless get-credentials|apigateway get-api-keys?|lightsail (get-relational-database-master-user-password|download-default-key-pair|get-instance-access-details)|sso get-role-credentials|configure (get|export-credentials)|datazone get-\S*credentials|appsync list-api-keys|ecs describe-task-definition|emr-containers get-managed-endpoint-session-credentials|lakeformation get-temporary-\S+|quicksight get-dashboard-embed-url)$/;

const losses = /^(cloudtrail (stop-logging|delete-trail|delete-event-data-store|put-event-selectors)|guardduty (delete-detector|disassociate\S*|delete-members)|securityhub disable-security-hub|config(service)? (stop-configuration-recorder|delete-configuration-recorder|delete-delivery-channel)|accessanalyzer delete-analyzer|inspector2 disable|macie2 disable-macie|detective delete-graph|ec2 (delete-flow-logs|disable-ebs-encryption-by-default)|organizations (leave-organization|delete-organization|remove-account-from-organization|close-account|detach-policy|disable-policy-type)|account (close-account|delete-alternate-contact)|kms schedule-key-deletion|iam (deactivate-mfa-device|delete-account-password-policy|delete-virtual-mfa-device)|backup (delete-backup-vault|delete-recovery-point|delete-backup-vault-lock-configuration)|s3control delete-public-access-block)$/;

const ways = /^(iam (create-access-key|attach-(user|role|group)-policy|put-(user|role|group)-policy|create-login-profile|update-login-profile|update-assume-role-policy|add-user-to-group|create-user|create-policy-version|set-default-policy-version|add-role-to-instance-profile|upload-\S+|create-saml-provider|create-open-id-connect-provider)|organizations (create-account|invite\S*|attach-policy)|lambda add-permission|sns add-permission|s3api put-(bucket-(policy|acl)|object-acl|public-access-block)|s3control put-public-access-block|ec2 (authorize-security-group-(ingress|egress)|modify-(snapshot|image|instance|vpc)-\S*attribute|create-key-pair|import-key-pair)|kms (put-key-policy|create-grant)|rds modify-db-\S*snapshot-attribute|secretsmanager put-resource-policy|ecr set-repository-policy|eks (create-access-entry|associate-access-policy)|ssm (send-command|start-session|start-automation-execution)|ec2-instance-connect \S+|ecs execute-command|events put-(rule|targets)|scheduler create-schedule|cloudformation (execute-change-set|create-stack|update-stack|deploy)|lambda update-function-\S+|emr add-steps|stepfunctions start-execution|ssm create-(association|activation)|sso-admin create-account-assignment|identitystore create-group-membership|ram (create-resource-share|associate-resource-share)|transfer create-(user|server)|lambda (create-function-url-config|create-function)|(logs|dynamodb|kinesis|s3tables|glue|events|backup|codeartifact|lambda) put-(resource-policy|data-catalog\S*|permission\S*|backup-vault-access-policy|domain-permissions-policy)|ecr put-registry-policy|sns set-topic-attributes|sqs (add-permission|set-queue-attributes)|logs put-(subscription-filter|destination-policy)|ecs run-task|codebuild start-build|glue (start-job-run|create-dev-endpoint))$/;

/** The AWS command line: the verb of an operation tells what it does, in every service. */
export const aws: readonly Tool[] = [
  {
    names: 'aws aws2 awslocal aws.exe',
    options: { valued, plain: '--debug --no-verify-ssl --no-paginate --no-sign-request --no-cli-pager --no-cli-auto-prompt --cli-auto-prompt', oneDash: true },
    inspect: inspectAws,
    otherwise: { risk: 'read_only', rule: 'aws', why: 'It only shows something.' },
  },
  { names: 'aws-vault saml2aws aws-okta granted assume chamber aws-sso', otherwise: { risk: 'dangerous', rule: 'credentials', why: 'It hands credentials to a program.' } },
  { names: 'session-manager-plugin ecs-cli eb sam cdk cdk8s copilot amplify serverless sls chalice zappa', inspect: (_, args) => (/^(list|ls|status|health|events|logs|diff|synth|synthesize|validate|doctor|info|package|build|ps|show|print|app show|svc status|metadata)$/.test(args.operands[0]?.text ?? '') ? { risk: 'read_only', why: 'It only shows something.' } : { risk: 'dangerous', why: 'It changes what runs in the cloud.' }) },
];

function inspectAws(call: Call, args: Args): Ruling | undefined {
  const [service, operation] = args.operands;
  const endpoint = args.valueOf('--endpoint-url');
  if (endpoint && !/^https?:\/\/(localhost|127\.|\[::1\])|\.amazonaws\.com(\.cn)?([:/]|$)/.test(endpoint.text)) call.add('dangerous', 'aws.endpoint', 'It speaks to a server that is not the cloud’s, with the keys of the cloud.', endpoint);
  if (args.has('--no-verify-ssl', '--ca-bundle')) call.add('dangerous', 'aws.tls', 'It trusts any server.', call.span);
  for (const { value } of args.options) if (value && /^fileb?:\/\//.test(value.text)) readFiles(call, [{ text: value.text.replace(/^fileb?:\/\//, ''), span: value.span }]);
  if (service === undefined) return undefined;
  if (/^(help|wizard)$/.test(service.text) || operation?.text === 'help') return { risk: 'read_only', why: 'It only prints.' };
  if (!isKnown(service) || operation === undefined || !isKnown(operation)) return { risk: 'dangerous', rule: 'verb-unresolved', why: 'Only the run will know what it is told to do.' };
  const words = `${service.text} ${operation.text}`;
  if (service.text === 's3') return simpleStorage(call, args, operation.text);
  if (losses.test(words) || (words.startsWith('organizations ') && /(delete|leave|close|remove)/.test(words))) return { risk: 'forbidden', rule: 'account-loss', why: 'It switches an audit or a guard off, or loses an account.' };
  if (words === 'iam create-access-key' || words === 'iam create-login-profile') return { risk: 'forbidden', rule: 'persistence', why: 'It makes a lasting way in.' };
  if (/^iam (attach|put)-\w+-policy$/.test(words) && /AdministratorAccess|"Action"\s*:\s*"\*"/.test(call.words.map(({ text }) => text).join(' '))) return { risk: 'forbidden', rule: 'persistence', why: 'It gives somebody the whole account.' };
  const policy = call.words.map(({ text }) => text.replaceAll(/\s/g, '')).join(' ');
  if (/^(put|set|add|update|create)-/.test(operation.text) && /"Principal":("\*"|\{"AWS":\[?"\*")/.test(policy) && /"Action":\[?"(\*|\w+:\*|sts:AssumeRole)"/.test(policy)) return { risk: 'forbidden', rule: 'aws.grant-all', why: 'It gives everybody all of it.' };
  if (/0\.0\.0\.0\/0|::\/0|public-read|authenticated-read|"Principal"\s*:\s*("\*"|\{\s*"AWS"\s*:\s*"\*)|group-names all|Group=all|--principal \*|--publicly-accessible\b|--auth-type NONE|--associate-public-ip-address/.test(call.words.map(({ text }) => text).join(' ')) && !/^(describe|list|get)-/.test(operation.text)) return { risk: 'dangerous', rule: 'aws.open', why: 'It opens something to everybody.' };
  if (/(delete|stop|disable|put)/.test(operation.text) && /cloudtrail|vpc-?flow|flow-?logs?|guardduty|audit/i.test(call.words.slice(2).map(({ text }) => text).join(' ')) && /^(logs|s3api|events|firehose)$/.test(service.text)) return { risk: 'forbidden', rule: 'audit-off', why: 'It takes the trail of what was done away.' };
  if (words === 'logs start-query') return { risk: 'read_only', rule: 'aws.read', why: 'It asks for logs.' };
  if (words === 'ssm send-command') for (const code of codeOf(call)) call.context.suspect((inner) => inner.shell(code));
  if (ways.test(words)) return { risk: 'dangerous', rule: 'aws.grant', why: 'It gives rights, or runs something in the cloud.' };
  if (secretReads.test(words)) {
    if (words.startsWith('ssm get-parameter') && !args.has('--with-decryption')) return { risk: 'read_only', rule: 'aws.read', why: 'It shows and changes nothing.' };
    if (/^(lambda|ecs|iam get-credential|configure get)/.test(words) && !/^configure (export|get)/.test(words)) return { risk: /^lambda (get-function|list)/.test(words) ? 'read_only' : 'caution', rule: 'aws.read', why: 'It shows settings, which may hold secrets.' };
    call.context.report.note('reads-secret', call.span);
    return { risk: 'caution', rule: 'sensitive-read', why: 'It shows a secret, or a key to one.' };
  }
  if (/^(configure list|configure list-profiles|logs tail|logs filter-log-events|logs start-live-tail)$/.test(words)) return { risk: 'read_only', rule: 'aws.read', why: 'It shows and changes nothing.' };
  if (args.has('--dry-run') && service.text === 'ec2') return { risk: 'read_only', rule: 'aws.dry-run', why: 'It only asks whether it would be allowed.' };
  return byVerb(call, args, service.text, operation.text);
}

/** `--parameters commands='a','b'`, or the same as JSON. */
function codeOf(call: Call): readonly { readonly text: string; readonly span: Call['span'] }[] {
  const parameters = call.words.find(({ text }, index) => call.words[index - 1]?.text === '--parameters' && isKnown({ text, span: call.span }));
  const list = /commands"?\s*[=:]\s*\[?([^\]]*)/.exec(parameters?.text ?? '')?.[1] ?? '';
  return list.split(/["']\s*,\s*["']/).map((text) => ({ text: text.replaceAll(/^[\s"']+|[\s"']+$/g, ''), span: parameters?.span ?? call.span })).filter(({ text }) => text !== '');
}

function byVerb(call: Call, args: Args, service: string, operation: string): Ruling {
  const text = call.words.map((word) => word.text).join(' ');
  if (/^(describe|list|get|head|lookup|search|query|scan|batch-get|filter|estimate|preview|validate|simulate|check|test-(?!invoke)|view|ls$|tail$|wait$|show|detect-stack|select-|discover|admin-get|admin-list|transact-get)/.test(operation) || operation === 'wait') {
    if (service === 'dynamodb' || service === 's3api') writeFile(call, outputFile(args, operation));
    if (operation.startsWith('detect')) return { risk: 'read_only', rule: 'aws.read', why: 'It compares and changes nothing.' };
    return { risk: 'read_only', rule: 'aws.read', why: 'It shows and changes nothing.' };
  }
  if (/^(set-desired-capacity|update-auto-scaling-group|update-service|modify-\S+|update-\S+|put-scaling-policy)$/.test(operation) && /(--(desired-capacity|desired-count|min-size|max-size|min-capacity)[ =]0\b|desiredSize=0)/.test(text)) return { risk: 'dangerous', rule: 'aws.scale-to-zero', why: 'It stops everything of the group.' };
  if (operation.startsWith('reboot-') && args.has('--force-failover', '--force')) return { risk: 'dangerous', rule: 'aws.change', why: 'It makes another one take over.' };
  if (/^(set-desired-capacity|create-tags|tag-|untag-|add-tags|create-snapshots?|create-image|create-backup|create-db-snapshot|create-db-cluster-snapshot|copy-snapshot|copy-image|copy-db-snapshot|start-instances|start-db-instance|start-query|start-query-execution|stop-query|reboot-|force-new-deployment|register-targets|send-message|publish|put-metric|put-log-events$|put-events$|create-log-group|create-log-stream|create-change-set|delete-change-set|start-instance-refresh|cancel-|update-service$|create-invalidation|set-alarm-state|enable-alarm-actions|resume-processes|suspend-processes|detach-instances|enter-standby|exit-standby|set-instance-|put-metric-alarm|put-dashboard|create-queue|create-topic|subscribe|scale|update-kubeconfig|login|logout|set$|receive-message|change-message-visibility|start-export|start-backup-job|start-query|retry-|signal-resource|continue-update-rollback|refresh|acknowledge-|complete-lifecycle-action|record-lifecycle-action|update-nodegroup-config|create-repository|create-parameter|sso)/.test(operation) && service !== 'configure') return { risk: 'caution', rule: 'aws.change', why: 'It makes a bounded change that can be set back.' };
  if (/^put-(item|parameter|object|object-tagging|image|records?|dashboard)$/.test(operation)) return { risk: operation === 'put-parameter' && args.has('--overwrite') ? 'dangerous' : 'caution', rule: 'aws.change', why: 'It writes something to the cloud.' };
  if (operation.startsWith('cancel-') && text.includes('--terminate')) return { risk: 'dangerous', rule: 'aws.change', why: 'It ends what runs.' };
  if (operation.startsWith('create-')) return { risk: 'caution', rule: 'aws.create', why: 'It makes something new in the cloud.' };
  return { risk: 'dangerous', rule: 'aws.change', why: 'It deletes, stops or changes something in the cloud.' };
}

function outputFile(args: Args, operation: string): ReturnType<Args['valueOf']> {
  return operation === 'get-object' ? args.operands.at(-1) : undefined;
}

function simpleStorage(call: Call, args: Args, operation: string): Ruling {
  const words = call.words.map(({ text }) => text);
  const [from, to] = call.words.slice(call.words.findIndex(({ text }) => text === operation) + 1).filter(({ text }) => text === '-' || !text.startsWith('-'));
  if (operation === 'ls') return { risk: 'read_only', rule: 'aws.read', why: 'It lists.' };
  if (operation === 'presign') return { risk: 'caution', rule: 'sensitive-read', why: 'It makes an address with which anybody reads the object.' };
  if (words.includes('--dryrun')) return { risk: 'read_only', rule: 'aws.dry-run', why: 'It only says what it would do.' };
  if (operation === 'rb') return args.has('--force') ? { risk: 'forbidden', rule: 'data-loss', why: 'It deletes a bucket with all that is in it.' } : { risk: 'dangerous', why: 'It deletes a bucket.' };
  if (operation === 'rm') return { risk: 'dangerous', rule: 's3.rm', why: 'It deletes objects.' };
  if (operation === 'mb') return { risk: 'caution', rule: 'aws.create', why: 'It makes a bucket.' };
  if (operation === 'mv' || args.has('--delete') || !/^(cp|sync)$/.test(operation)) return { risk: 'dangerous', rule: 's3.delete', why: 'It deletes objects at one side.' };
  if (words.some((word) => /public-read|bucket-owner|--acl|--grants/.test(word))) call.add('dangerous', 'aws.open', 'It opens objects to others.', call.span);
  if (to?.text.startsWith('s3://') === true && from !== undefined && !from.text.startsWith('s3://')) {
    if (from.text !== '-') readFiles(call, [from]);
    call.context.report.note('sends-out', call.span);
    return { risk: 'caution', rule: 's3.upload', why: 'It copies files to a bucket.' };
  }
  if (to && to.text !== '-' && !to.text.startsWith('s3://') && to.text !== hole) writeFile(call, to);
  return to?.text === '-' ? { risk: 'read_only', rule: 'aws.read', why: 'It shows an object.' } : { risk: 'caution', rule: 's3.copy', why: 'It copies objects.' };
}
