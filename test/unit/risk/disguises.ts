/** Ways to run a command inside another one; `%` is the command, `'%'` the command in single quotes, `"%"` in double ones. */
export const wrappers: readonly string[] = [
  '%', 'sudo %', 'sudo -u root -- %', 'sudo -n -E %', 'doas %', 'env %', 'env -i A=1 %', 'env -u X %', "env -S '%'", 'timeout 5 %', 'timeout -k 1 -s KILL 5m %', 'nice %', 'nice -n 5 %',
  'ionice -c2 -n7 %', 'nohup % &', 'setsid -w %', 'stdbuf -oL -eL %', 'chrt -r 5 %', 'taskset -c 0 %', 'time %', 'time -p %', 'command %', 'command -p %', 'exec %', 'exec -a x %', 'builtin eval %', 'eval %', "eval '%'",
  'flock /tmp/l %', "flock -w 5 /tmp/l -c '%'", "watch -n 5 '%'", 'watch %', "sh -c '%'", 'sh -c "%"', "bash -lc '%'", "bash -o pipefail -c '%'", "/bin/sh -ec '%'", "dash -c '%' x", "busybox sh -c '%'", 'busybox %',
  "su -c '%'", "su - root -c '%'", "su root --command='%'", "runuser -u x -- %", "script -qc '%' /dev/null", "ssh host '%'", 'ssh host %', "ssh -p 22 -i k u@h '%'", "ssh -t host -- '%'", 'kubectl exec p -- %', "kubectl -n x exec -it p -c c -- sh -c '%'",
  'oc rsh p %', 'docker exec c %', 'docker exec -u 0 -e A=1 c %', "docker run --rm alpine sh -c '%'", 'docker run --rm --entrypoint sh alpine -c "%"', 'podman exec c %', 'docker compose exec web %', 'crictl exec c %', 'chroot /x %', 'chroot --userspec=a:b /x %',
  'nsenter -t 1 -m -p -- %', 'unshare -r %', 'systemd-run --scope %', 'systemd-run --wait --pipe -- %', 'xargs % < /dev/null', 'find . -maxdepth 0 -exec % ;'.replace(' ;', String.raw` \;`), String.raw`find . -execdir % \;`, 'parallel ::: "%"', 'ip netns exec n %',
  '$(%)', '`%`', 'echo $(%)', 'echo "$(%)"', 'x=$(%)', 'cat <(%)', '(%)', '{ %; }', '! %', '% || true', 'true && %', 'false || %', 'true; %', 'true & %', '% | cat', 'cat x | %', 'if %; then :; fi', 'if true; then %; fi', 'while %; do :; done', 'until false; do %; done',
  'for i in 1; do %; done', 'case x in x) %;; esac', 'f() { %; }; f', 'function f { %; }; f', "trap '%' EXIT", "alias x='%'", 'coproc %', '[[ -n $(%) ]]', 'test -n "$(%)"', 'echo ${x:-$(%)}', 'echo $((1+$(%)))', "sh <<'E'\n%\nE", 'bash <<E\n%\nE', 'cat <<E\n$(%)\nE', "sh <<< '%'",
  "echo '%' | sh", "printf '%s' '%' | bash".replace("'%s'", "'%%s'"), 'true #\n%', '%\n', '\n\n%', 'A=1 %', '% >/dev/null 2>&1', '>/dev/null %', '2>/dev/null %', "mapfile -C '%' x", 'select i in a; do %; done', 'diff <(%) <(true)', 'tee >(%)', "strace -f %", 'ltrace %', 'catchsegv %', 'toybox %', 'prlimit --nofile=1 %', 'cpulimit -l 5 -- %', 'gosu root %', "nohup sh -c '%' >/dev/null 2>&1 &", "sudo sh -c 'env sh -c \"%\"'", "export X=$(%)", 'local x=$(%)', 'arr=($(%))', 'readonly y=`%`', 'let "x=$(%)"',
];

/** Commands of a known risk; without quotes, so that they can stand inside quotes. */
export const commands = {
  caution: ['kubectl delete pod web-1', 'systemctl restart nginx', 'mkdir /srv/app/x'],
  dangerous: ['kubectl delete namespace staging', 'helm uninstall web', 'terraform destroy -auto-approve', 'aws ec2 terminate-instances --instance-ids i-1', 'git push --force', 'systemctl stop nginx', 'unknown-tool --run', 'docker volume prune -f', 'iptables -F', 'apt-get remove -y nginx'],
  forbidden: ['rm -rf /', 'mkfs.ext4 /dev/sda', 'dropdb shop', 'aws cloudtrail stop-logging --name main', 'crontab /tmp/x', 'redis-cli FLUSHALL', 'kubectl delete all --all -A', 'dd if=/dev/zero of=/dev/sda'],
} as const;

/** Ways to write a word so that the shell reads the same. */
export const spellings: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => `'${word}'`,
  (word) => `"${word}"`,
  (word) => `$'${word}'`,
  (word) => `$"${word}"`,
  (word) => word.replace(/[a-z]/, String.raw`\$&`),
  (word) => (word.length > 1 ? `${word[0] ?? ''}''${word.slice(1)}` : word),
  (word) => (word.length > 1 ? `${word[0] ?? ''}""${word.slice(1)}` : word),
  (word) => `$'${word.split('').map((sign) => `\\x${(sign.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`).join('')}'`,
  (word) => `$'${word.split('').map((sign) => `\\${(sign.codePointAt(0) ?? 0).toString(8).padStart(3, '0')}`).join('')}'`,
  (word) => (word.length > 1 ? `"${word.slice(0, 1)}"'${word.slice(1)}'` : word),
  (word) => `$(echo ${word})`,
  (word) => `$(printf %s ${word})`,
  (word) => `\`echo ${word}\``,
];

export function wrap(wrapper: string, command: string): string {
  return wrapper.replaceAll('%%s', '\0').replaceAll('%', () => command).replaceAll('\0', '%s');
}
