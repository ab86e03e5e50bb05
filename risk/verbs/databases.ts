import type { Args } from '../args.ts';
import type { Call } from '../context.ts';
import { changes, endangers, forbids, reads, reveals, type Ruling } from '../ruling.ts';
import { limits } from '../limits.ts';
import { isKnown, type Value } from '../shell/value.ts';
import { judgeSql } from '../sql.ts';
import type { Tool } from '../tool.ts';
import { writeFile } from './readers.ts';

const shows: Ruling = { risk: 'read_only', why: 'It only shows something.' };
const unknownFile: Ruling = { risk: 'dangerous', rule: 'unknown-file', why: 'It runs the statements of a file, and what is in the file is not known.' };
const session: Ruling = { risk: 'dangerous', rule: 'interactive', why: 'What is typed in the session is not known.' };
const judged: Ruling = { risk: 'read_only', rule: 'sql', why: 'The statements are judged by themselves.' };

/** Clients of databases, with the statements that they are given. */
export const databases: readonly Tool[] = [
  {
    names: 'psql pgcli',
    options: { valued: '-c --command -d --dbname -f --file -h --host -p --port -U --username -v --set --variable -o --output -L --log-file -F --field-separator -P --pset -R --record-separator -T --table-attr', plain: '-A -t -X -q -w -W -x -1 -a -b -e -E -H -n -s -S -z -0' },
    inspect(call, args) {
      writeFile(call, args.valueOf('-o', '--output'));
      if (args.has('-f', '--file')) return unknownFile;
      if (args.has('-l', '--list')) return shows;
      return sqlFrom(call, all(args, '-c', '--command'), postgresMeta);
    },
  },
  {
    names: 'mysql mariadb mycli clickhouse-client clickhouse',
    options: { valued: '-e --execute -h --host -P --port -u --user -D --database --defaults-file --defaults-extra-file --protocol -S --socket --tee --init-command --delimiter -q --query --queries-file --format', plain: '-N -B -s -t -r -v -E -H -X -A -f -n -C' },
    inspect(call, args) {
      if (args.has('--defaults-file', '--defaults-extra-file', '--init-command', '--pager', '--plugin-dir', '--queries-file', '--load-data-local-dir')) call.add('dangerous', 'mysql.option', 'This option reads or runs something that is not known.', call.span);
      writeFile(call, args.valueOf('--tee'));
      return sqlFrom(call, all(args, '-e', '--execute', '--query', '--init-command', '-q'), mysqlMeta);
    },
  },
  { names: 'sqlite3 sqlite duckdb litecli', options: { valued: '-cmd -init -separator -nullvalue -newline -vfs -c -s', oneDash: true }, inspect: (call, args) => (args.has('-init') ? unknownFile : sqlFrom(call, [...all(args, '-cmd', '-c'), ...args.operands.slice(1)], sqliteMeta)) },
  { names: 'sqlcmd bsql isql osql sqlplus mssql-cli usql cqlsh hive beeline presto trino impala-shell snowsql influx influx3 athenacli spark-sql dbt', options: { valued: '-S -U -P -d -Q -q -e --execute -f --file -i -o -u -n -p -c --query -database -execute -precision -host' }, inspect: (call, args) => (args.has('-i', '-f', '--file') ? unknownFile : sqlFrom(call, all(args, '-Q', '-q', '-e', '--execute', '-c', '--query', '-execute'), /^\s*(!!|!|:)/m)) },
  { names: 'cockroach', verbs: [reads('node status|node ls|version'), endangers('node drain|node decommission|quit|start|init|debug|nodelocal|import')], inspect: (call, args) => (args.operands[0]?.text === 'sql' ? sqlFrom(call, all(args, '-e', '--execute'), /^\s*\\/m) : undefined), options: { valued: '-e --execute --host --certs-dir --url -d --database -u --user' } },
  { names: 'pg_dump pg_dumpall mysqldump mariadb-dump mongodump mydumper xtrabackup mariabackup pg_basebackup pgbackrest barman wal-g', inspect: (call, args) => (writeFile(call, args.valueOf('-f', '--file')), call.context.report.note('reads-secret', call.span), /^pg_dump(all)?$/.test(call.name) && args.has('-s', '--schema-only', '-V') ? shows : /^(pgbackrest|barman|wal-g)$/.test(call.name) ? (/^(info|check|list\S*|show-\S+|backup-list|version|verify|status)$/.test(args.operands[0]?.text ?? '') ? shows : /^(backup|cron|archive-push|switch-wal|backup-push)$/.test(args.operands[0]?.text ?? '') ? { risk: 'caution', why: 'It writes a backup.' } : { risk: 'dangerous', why: 'It restores or deletes backups.' }) : { risk: 'caution', rule: 'sensitive-read', why: 'It copies a whole database out.' }), options: { valued: '-f --file -h -U -d -p -t -n --stanza -u -r' } },
  { names: 'pg_restore mysqlimport mongorestore mongoimport myloader dropdb dropuser createuser createdb createlang reindexdb clusterdb vacuumdb pgbench pg_resetwal pg_rewind pg_upgrade initdb pg_archivecleanup pg_ctl pg_ctlcluster pg_dropcluster mysql_upgrade mysqladmin mysqlcheck mysql_secure_installation mysqlslap pt-kill pt-online-schema-change gh-ost mongos mongod mysqld postgres patronictl repmgr pg_autoctl orchestrator-client orchestrator vtctlclient vtctldclient', options: { valued: '-h -u -p -P -U -d -D -c --host --user -S' }, inspect: administer },
  { names: 'pg_isready pg_config pg_controldata pg_lsclusters pg_waldump pgbadger pg_top pg_activity mytop innotop pt-query-digest pt-summary pt-mysql-summary pt-duplicate-key-checker pt-show-grants mysqlshow mysqlbinlog mongostat mongotop bsondump mysqltuner', otherwise: shows },
  { names: 'mongo mongosh', options: { valued: '--eval -u -p --host --port --username --password --authenticationDatabase -f --file --db' }, inspect: (call, args) => documents(call, args) },
  { names: 'redis-cli valkey-cli keydb-cli dragonfly-cli', options: { valued: '-h -p -a -n -u -s -r -i -d --user --pass --cacert --cert --key --sni --pattern --rdb --functions-rdb', plain: '-c -x -X --raw --no-raw --tls --no-auth-warning --csv --json -2 -3 -e' }, inspect: keys },
  { names: 'memcached-tool memcstat', otherwise: shows },
  { names: 'etcdctl', options: { valued: '--endpoints --cacert --cert --key --user --password -w --write-out --dial-timeout --command-timeout --discovery-srv --data-dir --name --initial-cluster' }, verbs: [reads('member list|endpoint health|endpoint status|endpoint hashkv|alarm list|version|snapshot status|user list|user get|role list|role get|auth status|lease list|lease timetolive|check perf|check datascale|watch|cluster-health|ls|completion'), reveals('get', 'It shows what the cluster keeps, secrets too.'), changes('snapshot save|alarm disarm|defrag|compaction|compact|lease grant|lease keep-alive|elect|lock|move-leader|mkdir'), endangers('put|set|txn|del|rm|rmdir|member remove|member add|member update|member promote|snapshot restore|auth enable|auth disable|user add|user delete|user passwd|user grant-role|user revoke-role|role add|role delete|role grant-permission|role revoke-permission|lease revoke|make-mirror|downgrade|migrate')], inspect: (call, args) => (args.operands[0]?.text === 'del' && args.has('--prefix', '--from-key') ? { risk: args.operands[1]?.text === '' || args.operands[1]?.text === '/' || args.operands[1]?.text === '/registry' ? 'forbidden' : 'dangerous', rule: 'etcd.delete-all', why: 'It deletes what the cluster is made of.' } : args.operands[0]?.text === 'watch' && args.operands.length > 2 ? { risk: 'dangerous', why: 'It runs a command for every change.' } : (args.operands[0]?.text === 'get' && call.context.report.note('reads-secret', call.span), undefined)) },
  { names: 'etcdutl', verbs: [reads('snapshot status|version|hashkv'), endangers('snapshot restore|defrag|backup|migrate')] },
  { names: 'influxd elasticsearch-plugin opensearch-plugin curator elasticdump neo4j-admin cypher-shell couchbase-cli cbq nodetool scylla dse riak-admin rethinkdb arangosh tarantoolctl', verbs: [reads('status|info|ring|tpstats|cfstats|tablestats|tablehistograms|describecluster|gossipinfo|netstats|compactionstats|compactionhistory|proxyhistograms|gcstats|version|list|getendpoints|getlogginglevels|help|server-list|bucket-list|viewbuildstatus|statusbinary|statusgossip|member-status|ring-status|toppartitions|listsnapshots'), changes('flush|snapshot|repair|compact|cleanup|refresh|scrub|upgradesstables|garbagecollect|setlogginglevel|settraceprobability|rebuild'), endangers('drain|decommission|removenode|assassinate|stopdaemon|clearsnapshot|disablegossip|disablebinary|truncatehints|move|stop|pausehandoff|install|remove|delete_indices')] },
];

const postgresMeta = /^\s*\\(?!(d\w*\+?|l\+?|x|timing|conninfo|dt\+?|z|echo|q|pset|t|a|encoding|sf\+?|sv\+?|\?|h|dn\+?|du\+?|di\+?|dv\+?|df\+?|errverbose|c|connect|g|gx|watch)(\s|$))/m;
const mysqlMeta = /(^|[;\s])\\[!TPe.]|^\s*(system|source|tee|pager|edit)\b|\\\./im;
const sqliteMeta = /^\s*\.(?!(tables?|schema|indexes|indices|databases|dbinfo|fullschema|headers?|mode|width|show|stats|timer|eqp|help|quit|exit|separator|nullvalue|dump|lint|parameter list|sha3sum|print|echo|bail)\b)/m;

function all(args: Args, ...names: readonly string[]): readonly Value[] {
  return args.options.flatMap(({ name, value }) => (names.includes(name) ? [value ?? { text: '\uE000', span: [0, 0] as const }] : []));
}

/** Judges the statements given by options, or what the client would read instead. */
function sqlFrom(call: Call, statements: readonly Value[], meta: RegExp): Ruling {
  const { stdin } = call.context;
  if (statements.length === 0) {
    if (stdin.kind === 'none') return session;
    if (stdin.kind === 'unknown') return { risk: 'dangerous', rule: 'unknown-input', why: 'It runs the statements that it reads, and those are not known.' };
  }
  const given = statements.length > 0 ? statements : stdin.kind === 'text' ? [stdin.text] : [];
  for (const statement of given) judgeText(call, statement, meta);
  return judged;
}

function judgeText(call: Call, statement: Value, meta: RegExp): void {
  if (statement.text.length > limits.code) return call.add('dangerous', 'too-long', 'The statements are longer than is looked at.', statement);
  if (!isKnown(statement)) call.add('dangerous', 'code-unknown', 'It is run as SQL, and only the run will know all of it.', statement);
  if (meta.test(statement.text)) {
    call.add('dangerous', 'sql.client-command', 'The client itself runs or reads something.', statement);
    const code = /\\!\s*(.+)|^\s*system\s+(.+)|^\s*\.(?:shell|system)\s+(.+)|\bPROGRAM\s+'([^']+)'/im.exec(statement.text);
    const inner = code?.slice(1).find((piece) => piece !== undefined);
    if (inner !== undefined) call.context.shell({ text: inner.replace(/;$/, ''), span: statement.span });
  }
  const sql = statement.text.replaceAll(/^\s*[\\.].*$/gm, '');
  for (const ruling of judgeSql(sql)) call.add(ruling.risk, ruling.rule ?? 'sql', ruling.why, statement);
  if (/\b(pg_shadow|pg_authid|mysql\.user|passwd|password|secret|api_?key|token|credential)/i.test(sql)) call.context.report.note('reads-secret', statement.span);
}

function administer(call: Call, args: Args): Ruling {
  const [verb = ''] = args.operands.map(({ text }) => text);
  if (call.name === 'dropdb' || call.name === 'pg_dropcluster') return { risk: 'forbidden', rule: 'sql.database-loss', why: 'It deletes a whole database.' };
  if (call.name === 'mysqladmin' && args.operands.some(({ text }) => text === 'drop')) return { risk: 'forbidden', rule: 'sql.database-loss', why: 'It deletes a whole database.' };
  if (call.name === 'mysqladmin' && args.operands.every(({ text }) => /^(status|extended-status|processlist|ping|version|variables)$/.test(text)) && args.operands.length > 0) return shows;
  if (call.name === 'mysqlcheck' && !args.has('-r', '--repair', '--auto-repair', '-o', '--optimize', '-g')) return { risk: 'caution', why: 'It checks tables, which locks them.' };
  if (/^(pg_ctl|patronictl|repmgr|pg_autoctl|pg_ctlcluster)$/.test(call.name) && /^(status|list|history|show-config|cluster|node|show|topology|version|dsn|state)$/.test(verb) && !/^(register|unregister|rejoin|switchover)$/.test(args.operands[1]?.text ?? '')) return shows;
  if (/^(vacuumdb|createdb)$/.test(call.name) && !args.has('-f', '--full')) return { risk: 'caution', why: 'It makes or maintains a database.' };
  if (/^(pg_ctl|patronictl)$/.test(call.name) && verb === 'reload') return { risk: 'caution', why: 'It makes the server read its settings again.' };
  if (/^(initdb|pg_resetwal)$/.test(call.name) && args.has('-n', '--dry-run')) return shows;
  return { risk: 'dangerous', why: 'It changes or stops a database.' };
}

function documents(call: Call, args: Args): Ruling {
  const [code, ...more] = all(args, '--eval');
  const input = call.context.stdin.kind === 'text' ? call.context.stdin.text : undefined;
  const script = code ?? input;
  if (args.has('-f', '--file') || args.operands.some(({ text }) => text.endsWith('.js'))) return unknownFile;
  if (script === undefined) return call.context.stdin.kind === 'none' ? session : { risk: 'dangerous', rule: 'unknown-input', why: 'It runs what it reads, and that is not known.' };
  if (more.length > 0 || !isKnown(script) || script.text.length > limits.code) return { risk: 'dangerous', rule: 'code-unknown', why: 'Only the run will know all of the code.' };
  if (/dropDatabase|\bdrop\w*User|dropAllUsers/.test(script.text)) return { risk: 'forbidden', rule: 'sql.database-loss', why: 'It deletes a whole database.' };
  if (/=>|function|\.(remove|delete\w*|drop\w*|insert\w*|update\w*|save|replace\w*|rename\w*|create\w*|findAnd\w*|findOneAnd\w*|bulkWrite|shutdown\w*|kill\w*|eval|mapReduce|aggregate|fsync\w*|setProfilingLevel|grant\w*|revoke\w*)\s*\(/.test(script.text)) return { risk: 'dangerous', rule: 'mongo.code', why: 'The code changes something, or is not known.' };
  return /^[\s\w.]*\b((rs|sh)\.(status|conf|config|printReplicationInfo|printSecondaryReplicationInfo|printSlaveReplicationInfo|isMaster|hello)|db(\.\w+|\.getCollection\(['"][\w.-]+['"]\)|\.getSiblingDB\(['"][\w.-]+['"]\))*\.?(stats|serverStatus|hostInfo|currentOp|getProfilingStatus|version|isMaster|hello|printReplicationInfo|getCollectionNames|getMongo|find|findOne|count|countDocuments|estimatedDocumentCount|distinct|getIndexes|dataSize|storageSize|totalIndexSize|totalSize|validate|serverBuildInfo|getReplicationInfo|listCommands|getName|explain))\((?![^]*\$(where|function|out|merge|accumulator)\b)[^;]*\)(\.(limit|sort|skip|pretty|count|toArray|explain|size|ok|forEach\(printjson\))\(?[^();]*\)?)*\s*;?\s*$|^\s*show (dbs|databases|collections|users|roles|profile|log\w*)\s*$|^\s*db\.(adminCommand|runCommand)\(\s*\{?\s*['"]?(ping|serverStatus|replSetGetStatus|listDatabases|hostInfo|buildInfo|currentOp|connPoolStats|dbStats|collStats|getParameter|isMaster|hello|top|getCmdLineOpts)\b[^;]*\)\s*$/.test(script.text)
    ? { risk: 'read_only', rule: 'mongo.read', why: 'The code reads.' }
    : { risk: 'dangerous', rule: 'mongo.code', why: 'The code changes something, or is not known.' };
}

const keyTable: readonly (readonly [RegExp, Ruling])[] = [
  [/^(FLUSHALL|FLUSHDB|SHUTDOWN|DEBUG)$/, { risk: 'forbidden', rule: 'redis.loss', why: 'It deletes every key, or stops the server.' }],
  [/^(EVAL|EVALSHA|FCALL|SCRIPT|FUNCTION|MODULE|SLAVEOF|REPLICAOF|MIGRATE|RESTORE|CLUSTER|FAILOVER|ACL|DEL|UNLINK|RENAME|MOVE|SWAPDB|BGREWRITEAOF|SAVE|RESET|AUTH|MONITOR|SUBSCRIBE|CLIENT|LATENCY|XGROUP|XTRIM|LTRIM|SPOP|LPOP|RPOP|ZPOPMIN|GETDEL|SORT|SYNC|PSYNC)$/, { risk: 'dangerous', why: 'It deletes keys, runs code, or changes the server.' }],
  [/^(GET|MGET|STRLEN|EXISTS|TYPE|TTL|PTTL|KEYS|SCAN|SSCAN|HSCAN|ZSCAN|HGET|HGETALL|HMGET|HLEN|HKEYS|HVALS|LRANGE|LLEN|LINDEX|SMEMBERS|SCARD|SISMEMBER|ZRANGE|ZCARD|ZSCORE|ZCOUNT|ZRANK|ZREVRANGE|XLEN|XRANGE|XINFO|XPENDING|XREAD|INFO|PING|ECHO|DBSIZE|TIME|ROLE|COMMAND|MEMORY|OBJECT|LASTSAVE|SLOWLOG|DUMP|RANDOMKEY|GETRANGE|BITCOUNT|PFCOUNT|GEOPOS|WAIT|HELLO|LOLWUT|READONLY|PUBSUB|EXPIRETIME|HEXISTS|SELECT|QUIT)$/, { risk: 'read_only', rule: 'redis.read', why: 'It reads.' }],
  [/./, { risk: 'caution', rule: 'redis.write', why: 'It writes a key.' }],
];

function keys(call: Call, args: Args): Ruling {
  if (args.has('--eval', '--pipe', '--functions-rdb', '--ldb', '--cluster')) return args.has('--cluster') && /^(info|check|help)$/.test(args.valueOf('--cluster')?.text ?? args.operands[0]?.text ?? '') ? shows : { risk: 'dangerous', rule: 'redis.code', why: 'It runs code, or commands that are not known.' };
  if (args.has('--scan', '--bigkeys', '--memkeys', '--hotkeys', '--stat', '--latency', '--latency-history', '--latency-dist', '--intrinsic-latency')) return shows;
  if (args.has('--rdb')) return { risk: 'caution', rule: 'sensitive-read', why: 'It copies every key out.' };
  const [command, second, third] = args.operands;
  if (command === undefined) return call.context.stdin.kind === 'none' ? session : { risk: 'dangerous', rule: 'unknown-input', why: 'It runs what it reads, and that is not known.' };
  if (!isKnown(command)) return { risk: 'dangerous', rule: 'verb-unresolved', why: 'Only the run will know what it is told to do.' };
  const verb = command.text.toUpperCase();
  const sub = second?.text.toUpperCase() ?? '';
  if (verb === 'CONFIG') return sub === 'GET' ? { risk: /requirepass|masterauth|\*/.test(third?.text ?? '') ? 'caution' : 'read_only', rule: 'redis.config', why: 'It shows settings.' } : sub === 'SET' && !/^(dir|dbfilename|requirepass|masterauth|slaveof|protected-mode|bind|unixsocket|aclfile|logfile|enable-)/i.test(third?.text ?? '') ? { risk: 'caution', rule: 'redis.config', why: 'It changes a setting of the server.' } : sub === 'SET' && /^(dir|dbfilename)$/i.test(third?.text ?? '') ? { risk: 'forbidden', rule: 'redis.write-file', why: 'It makes the server write its data over any file.' } : { risk: 'dangerous', rule: 'redis.config', why: 'It changes settings that guard the server.' };
  if (/^(CLIENT|CLUSTER|ACL|LATENCY|SCRIPT|MODULE|FUNCTION)$/.test(verb) && /^(LIST|INFO|GETNAME|ID|NODES|SLOTS|SHARDS|MYID|KEYSLOT|COUNTKEYSINSLOT|WHOAMI|USERS|CAT|LATEST|HISTORY|DOCTOR|GRAPH|EXISTS|STATS|HELP|LINKS)$/.test(sub)) return shows;
  if (/^(SLOWLOG|MEMORY)$/.test(verb) && /^(RESET|PURGE)$/.test(sub)) return { risk: 'caution', why: 'It clears a list of the server.' };
  if (verb === 'CLIENT' && /^(KILL|PAUSE|UNPAUSE|NO-EVICT|SETNAME)$/.test(sub)) return { risk: 'caution', rule: 'redis.client', why: 'It ends or holds connections.' };
  if (verb === 'BGSAVE') return { risk: 'caution', rule: 'redis.save', why: 'It writes a snapshot.' };
  return keyTable.find(([pattern]) => pattern.test(verb))?.[1] ?? session;
}

/** Queues and streams. */
export const queues: readonly Tool[] = [
  { names: 'rabbitmqctl rabbitmq-diagnostics rabbitmq-queues rabbitmq-plugins rabbitmqadmin rabbitmq-upgrade', options: { valued: '-n --node -p --vhost -t --timeout -H -P -u -V -f --formatter' }, verbs: [reads('status|cluster_status|list_*|environment|report|ping|node_health_check|check_*|version|list|show|memory_breakdown|listeners|alarms|quorum_status|is_*|server_version|runtime_thread_stats|observer|log_tail|log_location|resolve_hostname|help|directories|authenticate_user|await_startup'), changes('trace_on|trace_off|set_log_level|sync_queue|cancel_sync_queue|start_app|publish|declare|set_vm_memory_high_watermark|set_disk_free_limit|force_gc|rebalance|rotate_logs|add_member|grow|await_online_quorum_plus_one|suspend_listeners|resume_listeners|revive|enable_feature_flag|encode|export_definitions'), endangers('stop|stop_app|shutdown|reset|join_cluster|forget_cluster_node|purge_queue|purge|delete_*|delete|add_user|change_password|clear_*|set_*|add_vhost|eval|eval_file|exec|close_*|import_definitions|rename_cluster_node|update_cluster_nodes|enable|disable|decommission_node|drain|hipe_compile|shrink|delete_member|authenticate|decode|set|get|import|export'), forbids('force_reset|force_boot', 'It loses all that the node keeps.', 'data-loss')] },
  { names: 'kafka-topics kafka-topics.sh kafka-console-producer kafka-console-producer.sh kafka-console-consumer kafka-console-consumer.sh kafka-consumer-groups kafka-consumer-groups.sh kafka-configs kafka-configs.sh kafka-acls kafka-acls.sh kafka-reassign-partitions kafka-reassign-partitions.sh kafka-leader-election kafka-leader-election.sh kafka-delete-records kafka-delete-records.sh kafka-broker-api-versions kafka-broker-api-versions.sh kafka-log-dirs kafka-log-dirs.sh kafka-get-offsets kafka-get-offsets.sh kafka-metadata-quorum.sh kafka-run-class kafka-run-class.sh kafka-server-stop kafka-server-stop.sh kafka-storage.sh kafka-cluster.sh kafka-streams-application-reset.sh zookeeper-shell zookeeper-shell.sh zkCli.sh', options: { oneDash: true }, inspect: (call, args) => (/(run-class|server-stop|storage|zookeeper|zkCli|delete-records|application-reset)/.test(call.name) || args.has('--delete', '--delete-offsets', '--execute', '--remove', '--reset-offsets', '--delete-config') && !args.has('--dry-run') ? { risk: 'dangerous', rule: 'kafka.change', why: 'It deletes or moves data, or runs something.' } : args.has('--create', '--alter', '--add', '--cancel') || /(producer|election)/.test(call.name) ? { risk: args.has('--add', '--zookeeper') || (args.has('--alter') && /topics|retention|cleanup\.policy|unclean|min\.insync|partitions|users|brokers|producer_byte_rate|consumer_byte_rate/.test(call.words.map(({ text }) => text).join(' '))) ? 'dangerous' : 'caution', rule: 'kafka.change', why: 'It makes or changes something.' } : { risk: 'read_only', rule: 'kafka.read', why: 'It shows and changes nothing.' }) },
  { names: 'kcat kafkacat', inspect: (_, args) => (args.has('-P') ? { risk: 'caution', why: 'It sends messages.' } : shows), options: { valued: '-b -t -p -o -c -f -X -F -k -D -K -G' } },
  { names: 'rpk kafkactl nats pulsar-admin celery rq sidekiqctl nsqadmin beanstool', options: { valued: '-A -b -s --server --context --app --broker -n' }, verbs: [reads('cluster info|cluster health|topic list|topic describe|group list|group describe|get|list|describe|stream ls|stream info|stream list|consumer ls|consumer info|consumer list|server info|server list|server ping|account info|status|inspect|inspect active|inspect ping|inspect stats|report|topics list|topics stats|brokers list|brokers healthcheck|namespaces list|tenants list|version|cluster config get|cluster status|rtt'), changes('topic create|topic produce|pub|topics create|restart'), endangers('topic delete|group delete|group seek|stream rm|stream purge|stream delete|consumer rm|control|purge|topics delete|namespaces delete|tenants delete|cluster config set|kv|worker|call')] },
];
