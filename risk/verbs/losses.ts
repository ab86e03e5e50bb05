import type { Args } from '../args.ts';
import type { Call } from '../context.ts';
import type { Ruling } from '../ruling.ts';

/** Words of a command line, one after the other, behind which nothing is left of something whole. */
interface Losses {
  readonly tools: string;
  /** Separated by `|`; each is a row of operands, wherever in the line it begins. */
  readonly words: string;
  /** Only with one of these options; without, it is the tool's own table that says. */
  readonly only?: string;
}

interface Kind extends Ruling {
  readonly rule: string;
  readonly of: readonly Losses[];
}

/**
 * What no step may do with clouds, clusters and stores, by kind: whoever adds a tool adds a row. The tables of the tools say
 * what is merely dangerous.
 */
const kinds: readonly Kind[] = [
  {
    risk: 'forbidden',
    rule: 'cluster-loss',
    why: 'It deletes a whole cluster, with all that runs in it.',
    of: [
      { tools: 'gcloud', words: 'container clusters delete|container attached clusters delete|container aws clusters delete|container azure clusters delete|container bare-metal clusters delete|container vmware clusters delete' },
      { tools: 'az', words: 'aks delete|aro delete|redhat-openshift delete|aksarc delete' },
      { tools: 'aws', words: 'eks delete-cluster|rosa delete-cluster' },
      { tools: 'doctl', words: 'kubernetes cluster delete|kubernetes cluster delete-selective|k8s cluster delete|k8s cluster d|kubernetes cluster d' },
      { tools: 'linode-cli', words: 'lke cluster-delete' },
      { tools: 'hcloud scw exo civo upctl vultr-cli ovhcloud', words: 'k8s cluster delete|sks delete|compute sks delete|kubernetes delete|kubernetes remove|kube delete|cloud kube delete|kubernetes cluster delete' },
      { tools: 'ibmcloud', words: 'ks cluster rm|ks cluster delete|oc cluster rm|cs cluster rm|container cluster rm' },
      { tools: 'oci', words: 'ce cluster delete' },
      { tools: 'openstack', words: 'coe cluster delete' },
      { tools: 'eksctl rosa', words: 'delete cluster|delete clusters' },
      { tools: 'kops', words: 'delete cluster', only: '--yes' },
      { tools: 'clusterctl', words: 'delete', only: '--all --include-crd --include-namespace' },
      { tools: 'kubeadm talosctl k0s microk8s', words: 'reset' },
      { tools: 'rke', words: 'remove' },
      { tools: 'rancher', words: 'clusters delete|cluster delete' },
      { tools: 'nomad', words: 'operator raft remove-peer|server force-leave' },
    ],
  },
  {
    risk: 'forbidden',
    rule: 'account-loss',
    why: 'It deletes a whole project, account or environment, with all that is in it.',
    of: [
      { tools: 'gcloud', words: 'projects delete|alpha projects delete|resource-manager folders delete|organizations delete' },
      { tools: 'az', words: 'group delete|account management-group delete|account subscription cancel|subscription cancel|managementpartner delete' },
      { tools: 'oci', words: 'iam compartment delete|iam compartment bulk-delete-resources|organizations organization delete' },
      { tools: 'ibmcloud', words: 'resource group-delete|resource service-instance-delete-all|enterprise delete|account delete' },
      { tools: 'openstack', words: 'project delete|project purge|project cleanup|domain delete' },
      { tools: 'scw', words: 'account project delete' },
      { tools: 'doctl', words: 'projects delete' },
      { tools: 'cf', words: 'delete-org|delete-space' },
      { tools: 'aliyun', words: 'resourcemanager DeleteResourceGroup|resourcemanager DeleteAccount|resourcemanager DestroyResourceDirectory' },
      { tools: 'gh glab hub tea', words: 'repo delete|project delete|org delete' },
      { tools: 'vault bao', words: 'namespace delete' },
      { tools: 'nomad consul', words: 'namespace delete' },
      { tools: 'doppler infisical', words: 'projects delete' },
      { tools: 'snowsql', words: 'account drop' },
    ],
  },
  {
    risk: 'forbidden',
    rule: 'data-loss',
    why: 'It deletes a whole store with all that is in it.',
    of: [
      { tools: 'gcloud', words: 'sql instances delete|spanner instances delete|spanner databases delete|bigtable instances delete|alloydb clusters delete|firestore databases delete|filestore instances delete' },
      { tools: 'gcloud', words: 'storage rm|storage buckets delete', only: '-r -R --recursive' },
      { tools: 'gsutil', words: 'rm', only: '-r -R -a' },
      { tools: 'bq', words: 'rm', only: '-r --recursive' },
      { tools: 'az', words: 'storage account delete|sql server delete|postgres server delete|postgres flexible-server delete|mysql server delete|mysql flexible-server delete|cosmosdb delete|redis delete|netappfiles account delete|acr delete' },
      { tools: 'aws', words: 'rds delete-db-instance|rds delete-db-cluster|docdb delete-db-cluster|neptune delete-db-cluster', only: '--skip-final-snapshot' },
      { tools: 'aws', words: 'redshift delete-cluster', only: '--skip-final-cluster-snapshot' },
      { tools: 'aws', words: 'efs delete-file-system|opensearch delete-domain|es delete-elasticsearch-domain' },
      { tools: 'mc', words: 'rb', only: '--force --dangerous' },
      { tools: 's3cmd s5cmd', words: 'rb', only: '--force -f --recursive -r' },
      { tools: 'oci', words: 'db system terminate|db autonomous-database delete|mysql db-system delete' },
      { tools: 'doctl', words: 'databases delete|databases db delete' },
      { tools: 'influx', words: 'bucket delete|org delete' },
      { tools: 'gluster', words: 'volume delete' },
      { tools: 'couchbase-cli', words: 'bucket-delete' },
      { tools: 'virsh', words: 'vol-delete|pool-delete|vol-wipe' },
      { tools: 'virsh', words: 'undefine', only: '--remove-all-storage --wipe-storage --storage' },
      { tools: 'heroku', words: 'pg:reset|apps:destroy' },
      { tools: 'flyctl fly', words: 'volumes destroy|postgres destroy' },
      { tools: 'pulsar-admin', words: 'tenants delete' },
      { tools: 'ceph', words: 'fs rm|fs volume rm' },
    ],
  },
  {
    risk: 'forbidden',
    rule: 'backup-loss',
    why: 'It deletes the backups.',
    of: [
      { tools: 'az', words: 'backup vault delete|dataprotection backup-vault delete' },
      { tools: 'az', words: 'backup protection disable', only: '--delete-backup-data' },
      { tools: 'gcloud', words: 'backup-dr backup-vaults delete|sql backups delete-all' },
      { tools: 'velero', words: 'backup delete', only: '--all' },
      { tools: 'wal-g', words: 'delete everything' },
      { tools: 'pgbackrest', words: 'stanza-delete' },
      { tools: 'kopia', words: 'repository delete' },
    ],
  },
  {
    risk: 'forbidden',
    rule: 'key-loss',
    why: 'What was encrypted with the key can never be read again.',
    of: [
      { tools: 'gcloud', words: 'kms keys versions destroy' },
      { tools: 'az', words: 'keyvault purge|keyvault key purge|keyvault secret purge|keyvault certificate purge|keyvault delete-hsm|keyvault purge-hsm' },
      { tools: 'oci', words: 'kms management key schedule-deletion|kms management vault schedule-deletion' },
      { tools: 'ibmcloud', words: 'kp key delete|kp key schedule-delete' },
    ],
  },
  {
    risk: 'forbidden',
    rule: 'audit-off',
    why: 'It switches an audit off, or takes its trail away.',
    of: [
      { tools: 'gcloud', words: 'logging sinks delete|logging buckets delete|logging settings update|logging logs delete' },
      { tools: 'az', words: 'monitor diagnostic-settings delete|monitor log-profiles delete|monitor activity-log alert delete|monitor log-analytics workspace delete|security auto-provisioning-setting update|sentinel alert-rule delete' },
      { tools: 'aws', words: 'securitylake delete-data-lake|cloudtrail delete-channel|inspector2 disable|macie2 disable-macie' },
      { tools: 'oci', words: 'logging log delete|logging log-group delete|audit config update|cloud-guard configuration update' },
      { tools: 'ibmcloud', words: 'atracker target rm|atracker route rm|at target rm' },
      { tools: 'ufw', words: 'logging off' },
    ],
  },
  {
    risk: 'forbidden',
    rule: 'persistence',
    why: 'It makes a lasting way in.',
    of: [
      { tools: 'gcloud', words: 'iam service-accounts keys create|iam service-accounts keys upload|compute os-login ssh-keys add' },
      { tools: 'az', words: 'ad sp create-for-rbac|ad sp credential reset|ad app credential reset|vm user update|vmss user update' },
      { tools: 'oci', words: 'iam user api-key upload|iam customer-secret-key create|iam auth-token create' },
      { tools: 'ibmcloud', words: 'iam api-key-create|iam service-api-key-create' },
      { tools: 'linode-cli', words: 'profile token-create|profile sshkey-create' },
      { tools: 'gh glab', words: 'deploy-key add|repo deploy-key add|ssh-key add' },
      { tools: 'heroku', words: 'keys:add|authorizations:create' },
    ],
  },
];

const harmless = /^--(dry-?run|what-?if|noop|check|preview|help|list)$/i;

const byTool = Map.groupBy(
  kinds.flatMap((kind) => kind.of.flatMap(({ tools, words, only }) => tools.split(' ').map((tool) => ({ tool, kind, rows: words.split('|'), only: only?.split(' ') ?? null })))),
  ({ tool }) => tool,
);

/** Names what is wholly lost by a command line, whatever the tool's own table says. */
export function judgeLosses(call: Call, { operands, options, has }: Args): void {
  const found = byTool.get(call.name);
  if (found === undefined || options.some(({ name }) => harmless.test(name))) return;
  const line = ` ${operands.map(({ text }) => text).join(' ')} `;
  for (const { kind, rows, only } of found) {
    if (only !== null && !has(...only)) continue;
    if (rows.some((row) => line.includes(` ${row} `))) call.add(kind.risk, kind.rule, kind.why, operands[0] ?? call.span);
  }
}
