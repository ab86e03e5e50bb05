import type { Args } from '../args.ts';
import { parseArgs } from '../args.ts';
import type { Call } from '../context.ts';
import { namesAgent } from '../guards.ts';
import { changes, endangers, reads, type Ruling } from '../ruling.ts';
import type { Tool } from '../tool.ts';

const globals = { valued: '-H --host -c --context --config -l --log-level --tlscacert --tlscert --tlskey --namespace --address --connection --root --runroot --url -n', plain: '-D --debug --tls --tlsverify -r --remote' };
const runOptions = '-a --attach --add-host --annotation --blkio-weight --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpu-period --cpu-quota -c --cpu-shares --cpus --cpuset-cpus --cpuset-mems --device --dns --dns-option --dns-search --domainname --entrypoint -e --env --env-file --expose --gpus --group-add --health-cmd --hostname -h --ip --ipc --isolation --label -l --label-file --link --log-driver --log-opt --mac-address -m --memory --memory-swap --mount --name --network --net --pid --pids-limit --platform -p --publish --pull --restart --runtime --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit -u --user --userns --uts -v --volume --volumes-from --volume-driver -w --workdir --detach-keys --index';

/** docker and its kin. */
export const containers: readonly Tool[] = [
  {
    names: 'docker podman nerdctl docker.exe finch',
    options: globals,
    flags: [],
    inspect: inspectDocker,
    verbs: [
      reads('ps|images|image ls|image list|image inspect|image history|inspect|logs|stats|top|port|diff|history|info|version|events|search|container ls|container list|container ps|container inspect|container logs|container stats|container top|container port|container diff|volume ls|volume inspect|network ls|network inspect|network list|system df|system info|system events|node ls|node ps|node inspect|service ls|service ps|service inspect|service logs|stack ls|stack ps|stack services|stack config|config ls|config inspect|secret ls|secret inspect|context ls|context show|context inspect|plugin ls|plugin inspect|manifest inspect|buildx ls|buildx inspect|buildx du|buildx imagetools inspect|trust inspect|scout|healthcheck|pod ps|pod ls|pod inspect|pod logs|pod stats|pod top|wait|container wait|checkpoint ls|namespace ls|compose ps|compose logs|compose config|compose images|compose top|compose ls|compose version|compose events|compose port|builder du|help|machine ls|machine list|machine inspect|generate kube|generate systemd|image tree|model list|volume list|compose stats'),
      changes('pull|image pull|start|restart|pause|unpause|rename|tag|image tag|create|container create|container start|container restart|container pause|container unpause|container rename|volume create|network create|network connect|update|container update|save|image save|export|container export|commit|container commit|compose start|compose restart|compose up|compose pull|compose build|compose create|compose pause|compose unpause|build|buildx build|image build|builder build|buildx use|context use|buildx create|service scale|compose scale|load|image load|import|image import|login|logout|machine start|generate|init'),
      endangers('rm|rmi|stop|kill|container rm|container stop|container kill|container remove|image rm|image remove|image prune|container prune|volume rm|volume remove|volume prune|network rm|network remove|network prune|network disconnect|system prune|builder prune|buildx prune|buildx rm|swarm|swarm leave|swarm init|swarm join|swarm update|swarm unlock|swarm ca|node rm|node update|node demote|node promote|service rm|service update|service create|service rollback|stack rm|stack deploy|stack up|secret rm|secret create|config rm|config create|plugin|plugin install|plugin enable|plugin disable|plugin rm|context rm|context create|context update|push|image push|attach|container attach|cp|container cp|compose down|compose stop|compose kill|compose rm|compose push|compose cp|compose attach|compose watch|pod rm|pod stop|pod kill|pod prune|system reset|system migrate|machine rm|machine stop|machine ssh|play kube|kube play|kube down|checkpoint create|container checkpoint|container restore|trust|manifest push|manifest create|run-plugin|unshare|mount|unmount|untag|auto-update|system connection|compose run|compose exec|bake|buildx bake|debug|ssh'),
    ],
  },
  { names: 'docker-compose podman-compose', options: { valued: '-f --file -p --project-name --profile --env-file --project-directory --ansi -H', plain: '--verbose' }, inspect: (call, args) => (/^(exec|run)$/.test(args.operands[0]?.text ?? '') ? inside(call, args, 1) : undefined), verbs: [reads('ps|logs|config|images|top|ls|version|events|port|stats'), changes('start|restart|up|pull|build|create|pause|unpause|scale'), endangers('down|stop|kill|rm|push|cp|attach')] },
  { names: 'skopeo crane regctl oras cosign notation dive buildah img kaniko ko', verbs: [reads('inspect|list-tags|ls|digest|manifest|config|validate|catalog|verify|tree|triangulate|images|containers|version|tag ls|image inspect|image digest|manifest get|discover|repo tags|info'), changes('pull|copy|from|bud|build|commit|tag|fetch|export')] },
  { names: 'lxc lxd incus lxc-ls lxc-info virsh vboxmanage VBoxManage qm pct pveversion xl prlctl multipass vagrant govc ovftool esxcli vim-cmd', options: { valued: '-c --connect' }, verbs: [reads('list|list vms|list runningvms|showvminfo|ls|info|show|dominfo|domstate|domstats|nodeinfo|net-list|pool-list|vol-list|dumpxml|version|status|config|image list|network list|storage list|domblklist|domiflist|vcpuinfo|capabilities|global-status|box list|about|find|vm.info|ls -l|hostname|uri|snapshot-list|net-info|pool-info|nodememstats|profile list|find vm'), changes('start|snapshot|snapshot-create|snapshot-create-as|restart|reboot|resume|up|launch|create'), endangers('stop|delete|destroy|undefine|shutdown|reset|exec|publish|halt|rm|rename|move|copy|migrate|edit|define|set|detach-disk|attach-disk|vol-delete|pool-destroy|net-destroy|suspend|rollback|revert|snapshot-revert|snapshot-delete|provision|ssh|terminate')], bare: { risk: 'read_only', why: 'It only lists.' }, inspect: (call, args) => (/^(lxc-ls|lxc-info|pveversion)$/.test(call.name) ? { risk: 'read_only', why: 'It only shows something.' } : /^(lxc|incus|multipass)$/.test(call.name) && args.operands[0]?.text === 'exec' ? inside(call, args, 1) : undefined) },
  { names: 'runc crun kata-runtime firecracker qemu-system-x86_64 systemd-nspawn', verbs: [reads('list|state|ps|events|features'), endangers('run|exec|kill|delete|start|create')], otherwise: { risk: 'dangerous', why: 'It runs something in a container or machine of its own.' } },
];

function inspectDocker(call: Call, args: Args): Ruling | undefined {
  const words = args.operands.map(({ text }) => text);
  const command = words[0] === 'container' || words[0] === 'compose' ? words[1] : words[0];
  const deep = words[0] === 'container' || words[0] === 'compose' ? 2 : 1;
  if (args.has('-H', '--host') && args.operands[0] && call.words.indexOf(args.find('-H', '--host')?.word ?? args.operands[0]) < call.words.indexOf(args.operands[0])) call.add('caution', 'docker.host', 'It speaks to another host.', call.span);
  if (command === 'exec' || command === 'run' || command === 'create') return inside(call, args, deep, command);
  if (command === 'build' && args.has('--allow', '--network', '--secret', '--ssh')) return { risk: 'dangerous', rule: 'docker.build', why: 'The build reaches the network, the host or secrets.' };
  if (/^(build|buildx)$/.test(command ?? '') && args.operands.some(({ text }) => /^-$|:\/\/|^git@|^github\.com\//.test(text))) return { risk: 'dangerous', rule: 'docker.build', why: 'It builds what another place sends.' };
  if (args.operands.some(({ text }) => text === 'scale') && args.operands.some(({ text }) => text.endsWith('=0'))) return { risk: 'dangerous', rule: 'docker.scale-to-zero', why: 'It stops every replica.' };
  return undefined;
}

function inside(call: Call, args: Args, deep: number, command = 'exec'): Ruling {
  const verb = args.operands[deep - 1];
  const from = verb ? call.words.indexOf(verb) + 1 : 0;
  const inner = parseArgs(call.words.slice(from), { valued: runOptions, stopsAtOperand: true });
  const text = inner.options.map(({ name, value }) => `${name}=${value?.text ?? ''}`).join(' ');
  if (/--privileged|--pid=host|--ipc=host|--userns=host|--uts=host|(-v|--volume|--mount)=(\/(:|\s)|type=bind,(source|src)=\/,|\/(etc|root|proc|sys|dev|var\/run|run|var\/lib|boot|home)(:|\/))|docker\.sock|--cap-add=(ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|DAC_READ_SEARCH)|seccomp=unconfined|apparmor=unconfined|--device=/.test(text)) {
    call.add(/--privileged=true|--privileged=( |$)|--privileged|:\/|docker\.sock|--pid=host|=\/:/.test(text) ? 'forbidden' : 'dangerous', 'docker.escape', 'The container gets the host.', call.span);
  }
  const entry = inner.valueOf('--entrypoint');
  const [container, ...words] = inner.operands;
  if (container && namesAgent(container.text)) call.add('dangerous', 'changes-agent', 'It runs something beside the agent, in its own container.', container);
  const line = entry ? [entry, ...words] : words;
  if (line.length > 0) call.context.elsewhere((container) => container.run(line));
  else if (command === 'exec') return { risk: 'dangerous', rule: 'usage', why: 'There is no command to run.' };
  if (command === 'exec') return { risk: 'read_only', rule: 'exec', why: 'The command in the container is judged by itself.' };
  return command === 'create' ? { risk: 'caution', why: 'It makes a container.' } : { risk: 'dangerous', rule: 'docker.run', why: 'It starts an image, and what the image does is not known.' };
}
