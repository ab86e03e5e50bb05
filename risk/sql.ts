import type { Ruling } from './ruling.ts';

const shows: Ruling = { risk: 'read_only', rule: 'sql.read', why: 'The statement reads.' };

interface StatementRule {
  readonly rule: string;
  /** A regular expression, unless it would try too many ways. */
  readonly pattern: Pick<RegExp, 'test'>;
  readonly ruling: Omit<Ruling, 'rule'>;
}

const bounded = (why: string): Omit<Ruling, 'rule'> => ({ risk: 'caution', why });
const danger = (why: string): Omit<Ruling, 'rule'> => ({ risk: 'dangerous', why });
const never = (why: string): Omit<Ruling, 'rule'> => ({ risk: 'forbidden', why });

/** What statements do, of which all that fit are counted. They see the statement in capitals, without literals and comments. */
const rules: readonly StatementRule[] = [
  { rule: 'sql.database-loss', pattern: /\bDROP\s+(DATABASE|SCHEMA|TABLESPACE|OWNED|ROLE|USER|CATALOG|KEYSPACE)\b/, ruling: never('It deletes a whole database or what everything in it rests on.') },
  { rule: 'sql.drop', pattern: /\bDROP\s+(?!DATABASE|SCHEMA)/, ruling: danger('It deletes a part of the database.') },
  { rule: 'sql.truncate', pattern: /\bTRUNCATE\b/, ruling: danger('It deletes every row.') },
  { rule: 'sql.delete', pattern: /\bDELETE\s+(\w+\s+)*FROM\b|\bDELETE\b/, ruling: danger('It deletes rows.') },
  { rule: 'sql.update-all', pattern: { test: (statement) => isUpdate(statement, 'of all') }, ruling: danger('It changes every row.') },
  { rule: 'sql.update', pattern: { test: (statement) => isUpdate(statement, 'of some') }, ruling: bounded('It changes rows.') },
  { rule: 'sql.update-all', pattern: /\bWHERE\s+(1\s*=\s*1|TRUE|\?\s*=\s*\?)\s*$/, ruling: danger('Its condition holds for every row.') },
  { rule: 'sql.insert', pattern: /^\s*(INSERT|REPLACE|UPSERT|MERGE)\b|\bINSERT\s+INTO\b|\bMERGE\s+INTO\b/, ruling: bounded('It adds rows.') },
  { rule: 'sql.file', pattern: /\bINTO\s+(OUT|DUMP)FILE\b|\bLOAD_FILE\s*\(|\bLOAD\s+(DATA|XML)\b|\bLO_(IM|EX)PORT\s*\(|\bPG_(READ|WRITE)\w*\s*\(|\bPG_(READ_FILE|READ_BINARY_FILE|LS_DIR|STAT_FILE|FILE_WRITE)\b|\bXP_|\bSP_OACREATE\b|\bOPENROWSET\b|\bUTL_FILE\b|\bBULK\s+INSERT\b|\bBACKUP\s+TO\b|\bREADFILE\s*\(|\bWRITEFILE\s*\(|\bEDIT\s*\(/, ruling: danger('It reads or writes files of the server, or runs something there.') },
  { rule: 'sql.copy', pattern: /\bCOPY\b(?![^;]*\b(TO\s+STDOUT|FROM\s+STDIN)\b)/, ruling: danger('It reads or writes files of the server, or runs a program there.') },
  { rule: 'sql.program', pattern: /\b(TO|FROM)\s+PROGRAM\b|\bSYS_EXEC\b|\bSYS_EVAL\b|\bXP_CMDSHELL\b|\bDBMS_SCHEDULER\b|\bLANGUAGE\s+(C|PLPYTHON\w*|PLPERLU?|PLSH)\b/, ruling: never('It runs a program on the server.') },
  { rule: 'sql.remote', pattern: /\bDBLINK\w*\s*\(|\bPOSTGRES_FDW\b|\bOPENQUERY\b|\bQUERY_TO_XML\w*\s*\(|\bDATABASE_TO_XML\w*\s*\(|\bHTTP_\w+\s*\(|\bURL\s*\(|\bREMOTE\s*\(|\bMYSQL\s*\(|\bS3\s*\(/, ruling: danger('It runs a statement elsewhere, or from a text.') },
  { rule: 'sql.terminate-all', pattern: /\bPG_(TERMINATE|CANCEL)_BACKEND\s*\((?![\s\S]*\bWHERE\b)(?!\s*\d+\s*\))/, ruling: danger('It ends every session.') },
  { rule: 'sql.terminate', pattern: /\bPG_(TERMINATE|CANCEL)_BACKEND\s*\(|^\s*KILL\b/, ruling: bounded('It ends a session or a query.') },
  { rule: 'sql.function', pattern: /\b(NEXTVAL|SETVAL|PG_ADVISORY_(?!XACT_LOCK_SHARED)\w*|PG_NOTIFY|PG_STAT_RESET\w*|PG_LOGICAL_EMIT\w*|LASTVAL|PG_BACKUP_\w+|PG_START_BACKUP|PG_STOP_BACKUP|PG_SWITCH_WAL|PG_CREATE_RESTORE_POINT|SET_CONFIG|GET_LOCK|RELEASE_LOCK|BENCHMARK|SLEEP|PG_SLEEP)\s*\(/, ruling: bounded('The function has an effect.') },
  { rule: 'sql.server', pattern: /\b(PG_PROMOTE|PG_RELOAD_CONF|PG_ROTATE_LOGFILE|PG_DROP_REPLICATION_SLOT|PG_CREATE_\w*REPLICATION_SLOT|PG_REPLICATION_\w+|PG_WAL_REPLAY_\w+|PG_REPLICATION_ORIGIN\w*|LO_\w+|PG_LARGEOBJECT\w*)\s*\(/, ruling: danger('It changes how the server runs.') },
  { rule: 'sql.grant-all', pattern: /\b(CREATE|ALTER)\s+(USER|ROLE|GROUP)\b[^;]*\s(SUPERUSER|BYPASSRLS)\b|^\s*GRANT\s+ALL(\s+PRIVILEGES)?\s+ON\s+\*\s*\.\s*\*|^\s*GRANT\s+(SYSADMIN|ACCOUNTADMIN|DBA|PG_EXECUTE_SERVER_PROGRAM)\b|\bALTER\s+SERVER\s+ROLE\s+SYSADMIN\s+ADD\b/, ruling: never('It gives somebody the whole server.') },
  { rule: 'sql.grant', pattern: /^\s*(GRANT|REVOKE|REASSIGN)\b|\b(CREATE|ALTER)\s+(USER|ROLE|GROUP|LOGIN|POLICY|AUTHORIZATION)\b|\bSET\s+PASSWORD\b|\bSECURITY\s+DEFINER\b/, ruling: danger('It changes who may do what.') },
  { rule: 'sql.alter', pattern: /^\s*ALTER\b/, ruling: danger('It changes the shape of the database or its server.') },
  { rule: 'sql.create', pattern: /\bCREATE\s+(OR\s+REPLACE\s+)?(FUNCTION|PROCEDURE|TRIGGER|EXTENSION|EVENT|RULE|LANGUAGE|SERVER|SUBSCRIPTION|FOREIGN|AGGREGATE|OPERATOR|CAST|ASSEMBLY)\b|\bINSTALL\s+(PLUGIN|COMPONENT)\b/, ruling: danger('It brings code into the database.') },
  { rule: 'sql.create', pattern: /^\s*(CREATE|COMMENT|ANALYZE|VACUUM(?!\s*\(?\s*FULL)|REFRESH|CHECK|OPTIMIZE|CHECKPOINT|NOTIFY|LISTEN|UNLISTEN|DISCARD|SAVEPOINT|RELEASE|PREPARE|DECLARE|LOCK)\b|^\s*SELECT\b.*\bINTO\s+(?!OUTFILE|DUMPFILE|@)/, ruling: bounded('It makes or maintains a part of the database.') },
  { rule: 'sql.maintenance', pattern: /^\s*(VACUUM\s*\(?\s*FULL|REINDEX|CLUSTER|REPAIR|FLUSH|PURGE|RESET|STOP|START\s+(SLAVE|REPLICA|GROUP)|CHANGE|SHUTDOWN|RESTART|UNLOCK|LOCK\s+(TABLES|INSTANCE)|SYSTEM|DETACH|ATTACH|RENAME|IMPORT|SECURITY|CLONE|HANDLER|LOAD|DO|CALL|EXECUTE|EXEC|BEGIN\s+DECLARE|XA|BINLOG|SIGNAL|UNINSTALL|BACKUP|RESTORE|DBCC|USE\s+MASTER)\b/, ruling: danger('It locks or stops something, or runs code that is not seen here.') },
  { rule: 'sql.settings', pattern: /^\s*SET\s+(GLOBAL|PERSIST|@@GLOBAL|@@PERSIST)|\bALTER\s+SYSTEM\b/, ruling: danger('It changes the settings of the server.') },
];

/** Whether it updates rows, and a WHERE stands behind its last SET; word by word, since a pattern would try each pair. */
function isUpdate(statement: string, rows: 'of all' | 'of some'): boolean {
  const begin = statement.search(/\bUPDATE\b(?!\s+STATISTICS)/);
  if (begin === -1) return false;
  const words = statement.slice(begin).split(/\W+/);
  const set = words.lastIndexOf('SET');
  return set !== -1 && words.includes('WHERE', set) === (rows === 'of some');
}

const reading = /^\s*(\(\s*)*(SELECT|SHOW|EXPLAIN|DESCRIBE|DESC|VALUES|TABLE|WITH|USE|HELP|BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK|END|SET|FETCH|MOVE|CLOSE|ABORT|STATUS|PRAGMA|ANALYZE|EXISTS|CHECKSUM|GO|PRINT|IF|COPY|DEALLOCATE|UPDATE|DELETE|INSERT|LIST|CONSISTENCY|DECLARE|TRACING|PAGING|EXPAND)\b/;

/** What a text of SQL statements does at worst. A statement of a kind that is not known is dangerous. */
export function judgeSql(text: string): readonly Ruling[] {
  return statementsOf(text).flatMap(judgeStatement);
}

function judgeStatement(statement: string): readonly Ruling[] {
  const plain = statement.toUpperCase().replaceAll(/"([A-Z_]\w*)"/g, '$1').trim();
  if (plain === '') return [];
  const explained = /^EXPLAIN\b/.test(plain) && !/^EXPLAIN\s+(\([^)]*)?\bANALY[SZ]E\b/.test(plain);
  if (explained) return [shows];
  const found = rules.filter(({ pattern }) => pattern.test(plain)).map(({ rule, ruling }): Ruling => ({ ...ruling, rule }));
  if (found.length > 0) return found;
  if (/^PRAGMA\b/.test(plain) && /=|\(/.test(plain) && !/^PRAGMA\s+\w*\.?(TABLE_INFO|INDEX_LIST|INDEX_INFO|FOREIGN_KEY_LIST|TABLE_XINFO|INTEGRITY_CHECK|QUICK_CHECK|FOREIGN_KEY_CHECK)\b/.test(plain)) return [{ risk: 'caution', rule: 'sql.pragma', why: 'It changes a setting of the database.' }];
  return [reading.test(plain) ? shows : { risk: 'dangerous', rule: 'sql.unknown', why: 'What this statement does is not known, and unknown is dangerous.' }];
}

/** The statements, with literals and comments blanked; `/*! … *\/` is code for MySQL. */
function statementsOf(text: string): readonly string[] {
  const plain = text
    .replaceAll(/\/\*!(\d*)([\s\S]*?)\*\//g, ' $2 ')
    .replaceAll(/'(?:[^'\\]|''|\\[\s\S])*'|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`/g, (piece) => (piece.startsWith("'") ? "''" : piece.startsWith('$') ? bodyOf(piece) : piece.startsWith('`') ? 'X' : ' '));
  return plain.split(/;|\\[gG]\b|\\gx\b/);
}

/** The body of a function or an anonymous block is code, also where it is quoted by dollars. */
function bodyOf(piece: string): string {
  return ` ${piece.replaceAll(/\$\w*\$/g, ' ').replaceAll(';', ' ')} `;
}
