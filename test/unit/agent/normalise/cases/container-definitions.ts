import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'container-definitions',
  same: [
    ['defaults and empty lists', 'aws_ecs_task_definition', { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', portMappings: [{ containerPort: 80 }] }]) }, { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', cpu: 0, essential: true, mountPoints: [], volumesFrom: [], portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }] }]) }],
    ['order of the environment', 'aws_ecs_task_definition', { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', environment: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }]) }, { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', environment: [{ name: 'B', value: '2' }, { name: 'A', value: '1' }] }]) }],
    ['a port of a task with an address of its own', 'aws_ecs_task_definition', { network_mode: 'awsvpc', container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', portMappings: [{ containerPort: 80 }] }]) }, { network_mode: 'awsvpc', container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }] }]) }],
  ],
  different: [
    ['a variable differs', 'aws_ecs_task_definition', { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', environment: [{ name: 'A', value: '1' }] }]) }, { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', environment: [{ name: 'A', value: '2' }] }]) }],
    ['order of the command', 'aws_ecs_task_definition', { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', command: ['a', 'b'] }]) }, { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', command: ['b', 'a'] }]) }],
    ['another protocol', 'aws_ecs_task_definition', { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', portMappings: [{ containerPort: 53 }] }]) }, { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', portMappings: [{ containerPort: 53, protocol: 'udp' }] }]) }],
    ['privileged', 'aws_ecs_task_definition', { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', cpu: 1 }]) }, { container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', cpu: 1, privileged: true }]) }],
    ['a port that docker chooses', 'aws_ecs_task_definition', { network_mode: 'bridge', container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', portMappings: [{ containerPort: 80 }] }]) }, { network_mode: 'bridge', container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', portMappings: [{ containerPort: 80, hostPort: 80 }] }]) }],
    ['another port of the host', 'aws_ecs_task_definition', { network_mode: 'awsvpc', container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', portMappings: [{ containerPort: 80 }] }]) }, { network_mode: 'awsvpc', container_definitions: JSON.stringify([{ name: 'web', image: 'a:1', portMappings: [{ containerPort: 80, hostPort: 8080 }] }]) }],
  ],
};
