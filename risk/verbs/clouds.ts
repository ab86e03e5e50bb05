import type { Args } from '../args.ts';
import type { Call } from '../context.ts';
import type { Ruling } from '../ruling.ts';
import { hole } from '../shell/value.ts';
import type { Tool } from '../tool.ts';
import { readFiles } from './readers.ts';

const shows: Ruling = { risk: 'read_only', rule: 'cloud.read', why: 'It shows and changes nothing.' };
const bounded: Ruling = { risk: 'caution', rule: 'cloud.change', why: 'It makes a bounded change that can be set back.' };
const hard: Ruling = { risk: 'dangerous', rule: 'cloud.change', why: 'It deletes, stops or changes something in the cloud.' };
const lost: Ruling = { risk: 'forbidden', rule: 'account-loss', why: 'It deletes a whole project or account, or switches its audit off.' };

const reading = /^(list|ls|show|describe|get|read|view|list-.*|show-.*|describe-.*|get-.*|check-.*|validate.*|search|query|what-if|whatif|logs|log|tail|history|status|info|exists|wait|diff|summary|usage|browse|search-all-.*|test-iam-permissions|explain|top|count|version|versions|find|stat|du|cat|hash|ancestors|operations|events|inspect|lint|ps|whoami|current|metrics|recommendations|insights|quotas?|export-template|effective-route-table)$/;
const making = /^(create|tag|untag|update-kubeconfig|get-credentials|start|restart|scale|resize|add-tags|remove-tags|set-labels|add-labels|update-labels|snapshot|publish|upload|cp|copy|mb|mkdir|label|reload|redeploy|refresh|enable-autoscale|rename|pull|clone|download|rsync|annotate|comment|edit-label|lock)$/;
const risky = /^(delete|remove|rm|destroy|purge|stop|deallocate|terminate|disable|revoke|reset|rollback|restore|deploy|apply|update|set|patch|replace|import|failover|drain|detach|abandon|undeploy|suspend|pause|promote|release|cancel|evict|power-off|shutdown|reboot|rebuild|unset|migrate|add|attach|enable|edit|move|redeploy|reimage|regenerate|run|submit|invoke|call|trigger|assign|login|config|init|auth|set-.*|add-.*|remove-.*|delete-.*|update-.*)$/;
const secrets = /(secrets? (versions )?(access|show|download|get|get-value)|secret-version|credentials (show|reset)|keys? (list|show|create|renew)|connection-string|list-keys|list-credentials|get-access-token|print-access-token|print-identity-token|print-refresh-token|get-credentials.*--admin|kubeconfig|access-key|list-service-sas|generate-sas|show-connection|application-default print|auth token|auth print|keyvault (key|secret|certificate) (show|download)|admin-credentials|registry login|reset-windows-password|db-auth|show-admin|appsettings list)/;

interface Cloud {
  readonly names: string;
  readonly valued: string;
  readonly lost: RegExp;
}

const clouds: readonly Cloud[] = [
  { names: 'gcloud gsutil bq', valued: '--command --project --account --configuration --format --filter --zone --region --verbosity --impersonate-service-account --billing-project --access-token-file --flags-file --flatten --limit --sort-by --page-size --trace-token --project_id --dataset_id --location --use_legacy_sql -o', lost: /\b(projects delete|organizations .*delete|folders delete|resource-manager .*delete|logging (sinks|buckets) delete|billing .*(unlink|close)|scc .*delete|kms keys versions destroy|logging logs delete .*audit|logging settings)\b/ },
  { names: 'az', valued: '-g --resource-group -n --name -o --output --query --subscription -l --location --vault-name --ids -s', lost: /\b(account (cancel|delete)|monitor (diagnostic-settings|activity-log) .*delete|security .*delete|keyvault purge|ad tenant|lock delete|backup vault delete)\b/ },
  { names: 'doctl linode-cli hcloud oci ibmcloud scw vultr-cli exo civo upctl openstack nova cinder neutron glance swift ovhcloud aliyun tccli yc flyctl fly heroku vercel netlify railway render wrangler dcos mgc kraft', valued: '-t --access-token --context -o --output -c --config --region --profile --compartment-id --os-cloud -f --format --app -a --query --zone --project', lost: /\b(account delete|project delete|projects delete|domain delete|org(anization)?s? (delete|destroy)|tenancy delete)\b/ },
];

/** Clouds whose command lines put the verb last: the words before it only say of what. */
export const cloudTools: readonly Tool[] = [
  ...clouds.map((cloud): Tool => ({ names: cloud.names, options: { valued: cloud.valued, plain: '--quiet -q --no-wait --yes -y --debug --verbose --only-show-errors -m -r -R -l' }, inspect: (call, args) => judgeCloud(call, args, cloud), otherwise: shows })),
  {
    names: 'gh glab hub tea',
    options: { valued: '-R --repo -H --hostname -X --method -f -F --field -q --jq -t --template --json -L --limit -b --body -l --label -a -s --state --input -e --env --title -B -r' },
    inspect(call, args) {
      const [noun, verb] = args.operands.map(({ text }) => text);
      if (noun === 'api') return args.has('-X', '--method', '-f', '-F', '--input', '--field', '--raw-field') && !/^GET$/i.test(args.valueOf('-X', '--method')?.text ?? '') ? { risk: 'dangerous', rule: 'http-write', why: 'It changes something on a server.' } : shows;
      if (noun === 'auth' && (verb === 'token' || args.has('-t', '--show-token'))) return { risk: 'caution', rule: 'sensitive-read', why: 'It shows a token.' };
      if (/^(secret|variable|ssh-key|gpg-key|deploy-key|extension|alias|codespace|auth|config)$/.test(noun ?? '') && !/^(list|view|status|get)$/.test(verb ?? '')) return { risk: 'dangerous', rule: `${call.name}.${noun ?? ''}`, why: 'It changes who may do what, or what gets run.' };
      if (/^(list|view|status|diff|checks|watch|ls|get|show|trace|lint|search|repos|issues|prs|code|commits|browse|verify)$/.test(verb ?? noun ?? '')) return shows;
      if (/^(create|comment|edit|close|reopen|rerun|checkout|clone|fork|sync|label|pin|unpin|ready|review|lock|unlock|download|upload|note|approve|cancel|retry|subscribe|sync|develop|set-default)$/.test(verb ?? '')) return bounded;
      return noun === undefined || noun === 'status' || noun === 'help' ? shows : hard;
    },
  },
];

function judgeCloud(call: Call, args: Args, cloud: Cloud): Ruling | undefined {
  const words = args.operands.flatMap(({ text }) => (call.name === 'heroku' ? text.split(':') : [text]));
  const text = words.join(' ');
  for (const { name, value } of args.options) {
    if (/^--(api-)?endpoint(-url|-override)?$|^--api_endpoint$/.test(name)) call.add('dangerous', 'cloud.endpoint', 'It speaks to a server that is not the cloud’s.', value ?? call.span);
    if (value && /^(--metadata-from-file|--source|--file|-f)$/.test(name)) readFiles(call, [value]);
  }
  if (words.length === 0) return undefined;
  if (cloud.lost.test(text)) return lost;
  if (/^(gcloud|az)$/.test(call.name) && /add-metadata|set-metadata|instances? create|vm create|vmss create/.test(text) && /(ssh-keys|sshKeys)=|startup-script=/.test(call.words.map((word) => word.text).join(' ')) && !/create/.test(text)) return { risk: 'forbidden', rule: 'persistence', why: 'It plants a key, or a script that runs at each start.' };
  if (words.some((word) => /^(ssh|scp|rsh)$/.test(word)) || words.slice(0, 4).some((word) => /^(run-command|connect-to-serial-port|serial-console|bastion|console|exec)$/.test(word))) return remote(call, args);
  const wide = /\b(allUsers|allAuthenticatedUsers)\b|roles\/owner\b|"?Owner"?(\s|$)/.exec(call.words.map((word) => word.text).join(' '));
  if (wide && /(add-iam-policy-binding|set-iam-policy|role assignment create|create-for-rbac|iam ch|acl ch)/.test(text)) return { risk: 'forbidden', rule: 'cloud.grant-all', why: 'It gives everybody in, or somebody everything.' };
  if (/\b(add-iam-policy-binding|set-iam-policy|remove-iam-policy-binding|role assignment (create|delete)|role definition|service-accounts keys create|sp create|sp create-for-rbac|credential reset|app credential|policy set|iam)\b/.test(text) && !words.some((word) => reading.test(word))) return { risk: 'dangerous', rule: 'cloud.grant', why: 'It gives or takes rights.' };
  if (secrets.test(call.words.map((word) => word.text).join(' '))) {
    call.context.report.note('reads-secret', call.span);
    return { risk: /create|reset|renew/.test(text) ? 'dangerous' : 'caution', rule: 'sensitive-read', why: 'It shows a secret, or a key to one.' };
  }
  return byVerb(call, args, words);
}

function byVerb(call: Call, args: Args, words: readonly string[]): Ruling {
  if (/^(gsutil|bq)$/.test(call.name)) return storage(call, args, words);
  const verbs = words.filter((word) => /^[a-z][a-z-]*$/.test(word) || word.includes(hole));
  const dangerousVerb = verbs.find((word) => risky.test(word));
  if (words.some((word) => word.includes(hole)) && !verbs.some((word) => reading.test(word) || making.test(word) || word === dangerousVerb)) return { risk: 'dangerous', rule: 'verb-unresolved', why: 'Only the run will know what it is told to do.' };
  const verb = verbOf(verbs, dangerousVerb);
  if (words[0] === 'config' && call.name === 'heroku') return { risk: 'caution', rule: 'sensitive-read', why: 'It shows settings, which may hold secrets.' };
  if (/^(config|auth|account|info|version|cheat-sheet|topic|feedback|help|rest)$/.test(words[0] ?? '')) {
    if (words[0] === 'rest') return /^get$/i.test(args.valueOf('-m', '--method')?.text ?? 'get') ? shows : hard;
    if (words.length === 1 || verbs.some((word) => reading.test(word))) return shows;
    return /^(set|use-context|switch|configurations)$/.test(verbs[1] ?? '') ? { risk: 'caution', rule: 'cloud.context', why: 'It points later commands at another project or account.' } : hard;
  }
  if (verb === undefined) return hard;
  if (verb === 'get-credentials') return { risk: 'caution', rule: 'cloud.context', why: 'It writes the keys of a cluster to the settings of later commands.' };
  if (reading.test(verb)) return shows;
  const all = call.words.map(({ text }) => text).join(' ');
  if (/(^|[\s=])(0\.0\.0\.0\/0|::\/0|allUsers|Internet)(\s|$)|--allow-unauthenticated|--public-access|--public(\s|$)|--source-address-prefixes? \*/.test(all)) return { risk: 'dangerous', rule: 'cloud.open', why: 'It opens something to everybody.' };
  if (/--(node-count|num-nodes|size|new-capacity|capacity|count|replicas|min-replicas|max-instances|number|instance-count)[ =]0(\s|$)/.test(all)) return { risk: 'dangerous', rule: 'cloud.scale-to-zero', why: 'It stops everything of the group.' };
  if (risky.test(verb) || args.options.some(({ name }) => /^--(force-)?failover$/.test(name))) return hard;
  return /(firewall|security-group|nsg|policy|acl|role|credential|service-account|sp\b|key)/.test(words.join(' ')) ? hard : bounded;
}

/** Words that are verbs of some groups and the names of others: `logs` in `logging logs delete`, `run` in `run services list`. */
const nouns = /^(logs?|operations|events|versions?|top|info|usage|status|history|run|deploy|config|init|auth|set|apply|import|snapshot|submit|move|release|update|image|start|scale|copy|label|tag|lock|assign|attach|add|enable|edit|run|pause|promote|restore|patch|reset)$/;
/** Whatever stands around them, these destroy. */
const ends = /^(delete|remove|rm|destroy|purge|deallocate|terminate|revoke|detach|abandon|delete-.*|remove-.*)$/;

/** The verb of a cloud's command line stands behind the groups that it is of. */
function verbOf(verbs: readonly string[], dangerous: string | undefined): string | undefined {
  const isVerb = (word: string): boolean => reading.test(word) || making.test(word) || risky.test(word) || word === dangerous;
  return verbs.find((word) => ends.test(word)) ?? verbs.find((word) => isVerb(word) && !nouns.test(word)) ?? verbs.findLast(isVerb);
}

function storage(call: Call, args: Args, words: readonly string[]): Ruling {
  const [verb, ...places] = words;
  if (/^(ls|stat|du|cat|hash|version|show|head|query|get|wait|help)$/.test(verb ?? '')) {
    if (call.name === 'bq' && verb === 'query') return /\b(insert|update|delete|drop|create|merge|truncate|alter|grant|export|call|execute)\b/i.test(places.join(' ')) || places.join(' ').includes(hole) ? hard : shows;
    return shows;
  }
  if (/^(cp|rsync|mb|mk|load|extract)$/.test(verb ?? '')) {
    if (args.has('-d') && verb === 'rsync') return hard;
    readFiles(call, args.operands.slice(1, -1));
    if (places.at(-1)?.startsWith('gs:') && !places[0]?.startsWith('gs:')) call.context.report.note('sends-out', call.span);
    return bounded;
  }
  return hard;
}

function remote(call: Call, args: Args): Ruling {
  const code = args.valueOf('--command', '-c', '--scripts');
  if (code) call.context.shell(code);
  return { risk: code ? 'caution' : 'dangerous', rule: 'runs-elsewhere', why: 'It runs something on another host.' };
}
