import type { Risk } from '#proto/domain/risk.ts';
import type { Ruling } from '../ruling.ts';

interface NameRule {
  readonly rule: string;
  readonly names: RegExp;
  readonly risk: Risk;
  readonly why: string;
}

/** Variables that make a program run, load or believe something else. */
const rules: readonly NameRule[] = [
  { rule: 'loader', names: /^(LD_(PRELOAD|AUDIT)|DYLD_INSERT_LIBRARIES|BASH_ENV|ENV|PROMPT_COMMAND|PS[0-4])$/, risk: 'dangerous', why: 'The shell or the loader runs what this variable names.' },
  { rule: 'loader', names: /^(LD_|DYLD_|GCONV_PATH|LOCPATH|NLSPATH|GLIBC_TUNABLES|MALLOC_|GETCONF_DIR|HOSTALIASES|RES_OPTIONS|LOCALDOMAIN|RESOLV_)/, risk: 'dangerous', why: 'It changes what the loader puts into every program.' },
  { rule: 'shell', names: /^(SHELLOPTS|BASHOPTS|BASH_FUNC_|CDPATH|GLOBIGNORE|FPATH|ZDOTDIR|IFS|BASH_XTRACEFD|BASH_LOADABLES_PATH|EXECIGNORE|POSIXLY_CORRECT)/, risk: 'dangerous', why: 'It changes how the shell reads the rest.' },
  { rule: 'helper', names: /^(\w*PAGER|LESSOPEN|LESSCLOSE|LESS|LESSKEY\w*|MANROFFOPT|\w*EDITOR|VISUAL|BROWSER|SHELL|\w*ASKPASS|TERMINFO\w*|TERMCAP|\w*_SHELL)$/, risk: 'dangerous', why: 'The program starts what this variable names.' },
  { rule: 'options', names: /^(GIT_|HG|SVN_SSH|RSYNC_RSH|RSYNC_CONNECT_PROG|CVS_RSH|SCP_|SSH_|TAR_OPTIONS|GZIP|GREP_OPTIONS|MAKEFLAGS|MAKEFILES|CC$|CXX$|CONFIG_SHELL)/, risk: 'dangerous', why: 'It gives the program options or helpers of its own.' },
  { rule: 'tool', names: /^(TF_CLI_ARGS\w*|TF_CLI_CONFIG_FILE|TERRAFORM_CONFIG|TF_PLUGIN_\w*|TF_REATTACH_PROVIDERS|TF_DATA_DIR|TF_TOKEN_\w*|HELM_(PLUGINS|DATA_HOME|CONFIG_HOME)|PULUMI_(HOME|BACKEND_URL)|ANSIBLE_\w+|PACKER_\w+|VAULT_(ADDR|TOKEN|CACERT|SKIP_VERIFY)|CONSUL_HTTP_\w+|NOMAD_ADDR)$/, risk: 'dangerous', why: 'It gives the tool options, plug-ins or another server.' },
  { rule: 'account', names: /^(KUBECONFIG|KUBE\w+|KUBERNETES_\w+|AWS_(PROFILE|DEFAULT_PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE|ENDPOINT_URL\w*|CA_BUNDLE|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE)|CLOUDSDK_\w+|GOOGLE_APPLICATION_CREDENTIALS|AZURE_\w+|ARM_\w+|DOCKER_(HOST|CONFIG|CONTEXT|CERT_PATH|TLS_VERIFY)|BOTO_CONFIG)$/, risk: 'caution', why: 'It points the tool at another account, cluster or server.' },
  { rule: 'language', names: /^(PYTHON\w+|PERL\w*|RUBY\w*|NODE_\w+|NPM_CONFIG_\w+|npm_config_\w+|PIP_\w+|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|PHP\w*|LUA\w*|GO(FLAGS|PROXY|ROOT|ENV)|RUSTC\w*|CARGO_\w+|GEM_\w+|BUNDLE_\w+|DENO_\w+|R_PROFILE\w*|AWKPATH|AWKLIBPATH|GUILE_\w+)$/, risk: 'dangerous', why: 'The language loads and runs what this variable names.' },
  { rule: 'configuration', names: /^(PSQLRC|PGSERVICEFILE|PGSYSCONFDIR|PGOPTIONS|MYSQL_\w*|LIBMYSQL_PLUGIN\w*|SQLITE_HISTORY|MYCLI\w*|REDISCLI_\w*|OPENSSL_\w+|SSL_CERT_\w+|GNUPGHOME|CURL_\w+|WGETRC|SYSTEMD_\w+)$/, risk: 'dangerous', why: 'It gives the program a configuration, which can run commands.' },
  { rule: 'history', names: /^(HISTFILE|HISTSIZE|HISTFILESIZE|HISTCONTROL|HISTIGNORE|HISTTIMEFORMAT)$/, risk: 'forbidden', why: 'It keeps what is done out of the history.' },
  { rule: 'proxy', names: /^((https?|ftp|all|no)_proxy|(HTTPS?|FTP|ALL|NO)_PROXY)$/, risk: 'dangerous', why: 'It sends the traffic through another host.' },
];

/** Values of the variables above that change nothing: no pager, no editor, a time form. */
const harmless: readonly (readonly [RegExp, RegExp])[] = [
  [/PAGER$/, /^(cat|less|more|)$/],
  [/^LESS$/, /^[-A-Za-z]*$/],
  [/^(SYSTEMD_(PAGER|COLORS|LESS)|GIT_PAGER)$/, /^[\w-]*$/],
  [/^HISTTIMEFORMAT$/, /^[%\w :/-]*$/],
  [/^(PS[0-4])$/, /^[\w $#>:\\+-]*$/],
  [/^GIT_(TERMINAL_PROMPT|OPTIONAL_LOCKS|DISCOVERY\w*|AUTHOR_\w+|COMMITTER_\w+)$/, /^[^$`]*$/],
  [/^(KUBE_|KUBECTL_)?.*EDITOR$|^VISUAL$/, /^(vi|vim|nano|cat|true|:)$/],
  [/^IFS$/, /^[ \t\n,:;|=/\\]*$/],
  [/^(PYTHON(UNBUFFERED|DONTWRITEBYTECODE|IOENCODING|UTF8|HASHSEED)|NODE_ENV|NODE_NO_WARNINGS|PIP_(NO_INPUT|DISABLE_PIP_VERSION_CHECK))$/, /^[\w:.-]*$/],
  [/^AWS_PAGER$/, /^$/],
  [/^MYSQL_PWD$/, /^/],
  [/^POSIXLY_CORRECT$/, /^\w*$/],
  [/^SSL_CERT_(FILE|DIR)$/, /^\/etc\/(ssl|pki)\//],
];

/** What setting a variable means; undefined where it means nothing. */
export function judgeAssignment(name: string, value: string): Ruling | undefined {
  if (name === 'PATH') return judgeSearchPath(value);
  const rule = rules.find(({ names }) => names.test(name));
  if (rule === undefined) return undefined;
  if (harmless.some(([names, values]) => names.test(name) && values.test(value))) return undefined;
  return { risk: rule.risk, rule: `environment.${rule.rule}`, why: rule.why };
}

const systemFolder = /^(\/(usr\/|usr\/local\/)?s?bin|\/snap\/bin|\/opt\/homebrew\/bin|\$PATH)$/;

function judgeSearchPath(value: string): Ruling | undefined {
  const folders = value.split(':');
  const foreign = folders.findIndex((folder) => !systemFolder.test(folder));
  if (foreign === -1) return undefined;
  const behind = folders.slice(0, foreign).includes('$PATH');
  return behind
    ? { risk: 'caution', rule: 'environment.path', why: 'Programs that the system lacks are taken from another folder.' }
    : { risk: 'dangerous', rule: 'environment.path', why: 'Programs are taken from another folder before those of the system.' };
}
