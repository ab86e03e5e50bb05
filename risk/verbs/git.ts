import type { Args } from '../args.ts';
import type { Call } from '../context.ts';
import { changes, endangers, reads, type Ruling } from '../ruling.ts';
import type { Tool } from '../tool.ts';
import { readFiles, writeFile } from './readers.ts';

const shows: Ruling = { risk: 'read_only', why: 'It shows and changes nothing.' };

/** Settings of git that make it run a program. */
const runs = /^(alias\.|core\.(pager|editor|sshcommand|fsmonitor|hookspath|gitproxy|askpass|worktree)|pager\.|diff\..*|difftool|mergetool|merge\.|filter\.|credential\.|gpg\.|sequence\.editor|uploadpack|receive\.|remote\..*\.(uploadpack|receivepack|vcs)|protocol\.|http\.|url\.|include\.|includeif|init\.templatedir|browser\.|web\.browser|man\.|trailer\.|interactive\.difffilter|ssh\.|sendemail\.|tar\.|core\.alternate|submodule\..*update)/i;

/** git and other keepers of versions. */
export const versions: readonly Tool[] = [
  {
    names: 'git',
    options: { valued: '-C -c --git-dir --work-tree --namespace --exec-path --super-prefix --config-env --attr-source', plain: '-p --paginate -P --no-pager --bare --no-replace-objects --literal-pathspecs --no-optional-locks --no-advice --html-path --man-path --info-path' },
    bare: shows,
    verbs: [
      reads('status|log|show|diff|blame|shortlog|describe|rev-parse|rev-list|ls-files|ls-tree|ls-remote|cat-file|branch|tag|remote|reflog|stash list|stash show|config|grep|name-rev|merge-base|whatchanged|count-objects|fsck|help|version|var|check-ignore|check-attr|for-each-ref|show-ref|show-branch|cherry|range-diff|diff-tree|diff-index|diff-files|verify-commit|verify-tag|worktree list|submodule status|notes list|notes show|bisect log|annotate|symbolic-ref|bundle verify|lfs ls-files|lfs status|lfs env|remote show|remote get-url|remote -v|reflog show|check-ref-format|patch-id|archive'),
      changes('add|commit|fetch|clone|init|switch|checkout|stash|stash push|stash save|stash apply|merge|cherry-pick|revert|mv|notes|worktree add|restore|branch new|am|apply|format-patch|gc|repack|pack-refs|sparse-checkout|remote add|remote update|bundle create|rm|maintenance run|fast-export|update-index|read-tree|lfs pull|lfs fetch|lfs track'),
      endangers('push|pull|reset|clean|rebase|filter-branch|filter-repo|stash drop|stash clear|stash pop|reflog expire|reflog delete|prune|update-ref|branch -D|worktree remove|worktree prune|submodule|submodule update|submodule foreach|bisect|bisect run|difftool|mergetool|replace|remote remove|remote rm|remote set-url|remote rename|credential|daemon|instaweb|send-email|svn|p4|hook|hook run|fast-import|lfs|lfs push|lfs prune|upload-pack|receive-pack|upload-archive|shell|http-backend|cvsserver|gui|citool|maintenance|for-each-repo|request-pull|annex|flow|subtree|rerere|scalar'),
    ],
    inspect: inspectGit,
  },
  { names: 'svn hg bzr fossil cvs jj sl', verbs: [reads('status|st|log|info|diff|list|ls|cat|blame|annotate|show|heads|branches|tags|summary|id|identify|paths|manifest|timeline|bookmarks|parents|proplist|propget'), changes('update|up|checkout|co|add|commit|ci|clone|pull|revert|init|merge|export|mkdir|switch|resolve|cleanup|new|describe'), endangers('delete|rm|push|strip|rollback|propset|lock|unlock|relocate|import|serve|graft|rebase|abandon')], flags: [endangers('--config|--config-option|--ssh|--editor-cmd|--diff-cmd|--diff3-cmd', 'It runs a program of its own.')] },
];

function inspectGit(call: Call, args: Args): Ruling | undefined {
  for (const { name, value, word } of args.options) {
    if (name === '-c' || name === '--config' || name === '--config-env') {
      if (!value || !runs.test(value.text)) continue;
      call.add('dangerous', 'git.config', 'This setting makes git run a program.', word);
      const code = /=\s*!?(.+)$/s.exec(value.text)?.[1];
      if (/^(alias|core\.(pager|editor|ssh|fsm)|pager|credential)/i.test(value.text) && code !== undefined && (value.text.includes('!') || !/^alias/i.test(value.text))) call.context.shell({ text: code, span: value.span });
    }
    if (name === '--exec-path' && value) call.add('dangerous', 'git.exec-path', 'It takes the programs of git from another folder.', word);
    if (/^--(upload-pack|receive-pack|exec|ext-diff|open-files-in-pager|textconv|template|tool|extcmd|run|to-command)$/.test(name) || (name === '-O' && args.operands[0]?.text === 'grep') || (name === '-u' && /^(clone|fetch|ls-remote)$/.test(args.operands[0]?.text ?? '')) || (name === '-x' && /^(difftool|rebase)$/.test(args.operands[0]?.text ?? ''))) call.add('dangerous', 'git.program', 'This option runs a program.', word);
    if (name === '--output') writeFile(call, value);
    if (name === '--no-index') readFiles(call, args.operands);
  }
  if (args.operands.some(({ text }) => /^(ext|fd|file)::/.test(text))) call.add('dangerous', 'git.transport', 'This address runs a program.', call.span);
  const [verb = '', noun] = args.operands.map(({ text }) => text);
  switch (verb) {
    case 'branch':
      return args.has('-D', '-d', '--delete', '-M', '-C', '-f', '--force') ? { risk: 'dangerous', why: 'It deletes or moves a branch.' } : args.operands.length > 1 && !args.has('--list', '-l', '--contains', '--merged', '--no-merged', '-r', '-a', '--points-at') ? { risk: 'caution', why: 'It makes a branch.' } : shows;
    case 'tag':
      return args.has('-d', '--delete', '-f', '--force') ? { risk: 'dangerous', why: 'It deletes or moves a tag.' } : args.operands.length > 1 && !args.has('-l', '--list', '-n', '--contains', '--verify', '-v') ? { risk: 'caution', why: 'It makes a tag.' } : shows;
    case 'config':
      if (args.has('-l', '--list', '--get', '--get-all', '--get-regexp', '--get-urlmatch') || /^(list|get)$/.test(noun ?? '')) return /credential|token|password|extraheader/i.test(call.words.map(({ text }) => text).join(' ')) ? { risk: 'caution', rule: 'sensitive-read', why: 'It may show a secret.' } : shows;
      if (args.has('--global', '--system')) return { risk: runs.test(noun ?? '') || runs.test(args.operands[2]?.text ?? '') ? 'forbidden' : 'dangerous', rule: 'persistence', why: 'It changes what git does for everybody, from now on.' };
      return args.operands.length === 2 && !args.has('-e', '--edit', '--unset', '--unset-all', '--add', '--remove-section') ? shows : { risk: 'dangerous', why: 'It changes what git does from now on.' };
    case 'remote':
    case 'reflog':
    case 'stash':
    case 'notes':
      return undefined;
    case 'symbolic-ref':
      return args.operands.length > 2 || args.has('-d') ? { risk: 'dangerous', why: 'It moves a reference.' } : shows;
    case 'checkout':
    case 'restore':
      return args.has('-f', '--force', '--', '-B', '--theirs', '--ours') || args.rest.length > 0 || args.operands.some(({ text }) => text === '.') ? { risk: 'dangerous', why: 'It throws changes away.' } : undefined;
    case 'archive':
      writeFile(call, args.valueOf('-o', '--output'));
      return args.has('--remote') ? { risk: 'dangerous', why: 'It fetches from another place.' } : undefined;
    case 'rm':
      return { risk: 'caution', why: 'It deletes files that the history keeps.' };
    case 'fsck':
    case 'cat-file':
      return args.has('--lost-found') ? { risk: 'caution', why: 'It writes files.' } : undefined;
    case 'pull':
      return { risk: 'caution', why: 'It brings the changes of others in.' };
    case 'fetch':
      return args.has('--dry-run') ? shows : undefined;
    case 'push':
      if (args.has('-n', '--dry-run')) return shows;
      return args.has('-f', '--force', '--mirror', '--delete', '-d', '--force-with-lease', '--prune') || args.operands.some(({ text }) => /^[+:]/.test(text)) ? { risk: 'dangerous', why: 'It rewrites or deletes what others have.' } : { risk: 'dangerous', why: 'It publishes changes.' };
    case 'clean':
      return args.has('-n', '--dry-run') && !args.has('-f', '--force') ? shows : undefined;
    case 'reset':
      return args.has('--hard', '--merge', '--keep') ? undefined : { risk: 'caution', why: 'It moves the branch and keeps the files.' };
    case 'clone':
      return args.has('--recurse-submodules', '--recursive', '-c', '--config', '--template') ? { risk: 'dangerous', why: 'It may run what the repository brings.' } : undefined;
    default:
      return undefined;
  }
}
