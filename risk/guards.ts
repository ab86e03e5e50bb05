/** Services whose end blinds the audit, the agent, or the defence of the host. */
export const guards = /^(auditd|rsyslogd?|syslog(-ng)?|systemd-journald|osqueryd|falco|falcon-sensor|wazuh-agent|ossec|crowdstrike|sysmon|mdatp|clamav\w*|aide\w*|fluent-?bit|fluentd|filebeat|auditbeat|dd0c-\w+|dd0c|runbook-agent|datadog-agent|sentinel\w*|snoopy)(\.service)?$/;

/** Whether a word of a command names the agent that runs it: as a service, a package, a workload, an image or a release. */
export function namesAgent(word: string): boolean {
  return /(^|[\s/:=.@])(dd0c(-(agent|server|system))?|runbook-agent)([\s:/.@=-]|$)/.test(word);
}

/** Programs that manage what runs: a change by them to the agent is an attack on it. */
export const managers: ReadonlySet<string> = new Set(
  'kubectl oc k helm helm3 helmfile docker podman nerdctl docker-compose podman-compose crictl ctr systemctl service initctl sv supervisorctl apt apt-get aptitude dpkg rpm yum dnf microdnf zypper apk pacman snap flatpak pip pip3 npm rc-service update-rc.d chkconfig launchctl nomad argocd flux kill pkill killall skill userdel usermod rmmod chattr setfacl umount iptables nft setcap'.split(' '),
);
