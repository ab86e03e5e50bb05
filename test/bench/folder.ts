import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stateOf } from '#test/harness/terraform.ts';
import { median, printRow, whole } from './figures.ts';
import { measureProcess } from './measure-process.ts';

/**
 * How long it takes to compare a folder of code with its state, nothing being run: from the files to the scrubbed
 * report, after the code of the agent is loaded. The goal is half a second for 500 resources.
 */
export async function benchFolder(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { resources: { type: 'string', default: '100,500,1000,2000' }, rounds: { type: 'string', default: '3' } } });
  printRow(['resources', 'scan ms', 'of processor ms', 'findings']);
  for (const resources of values.resources.split(',').map(Number)) {
    const folder = await mkdtemp(join(tmpdir(), 'dd0c-bench-'));
    try {
      await writeFolder(folder, resources);
      const figures = [];
      for (let round = 0; round < Number(values.rounds); round += 1) figures.push(await measureProcess<Figure>('scan-one.ts', [folder, 'best']));
      for (const { checked } of figures) if (checked !== resources) throw new Error(`${checked} resources were checked, expected ${resources}`);
      printRow([String(resources), whole(median(figures.map(({ ms }) => ms))), whole(median(figures.map(({ cpuMs }) => cpuMs))), String(figures[0]?.findings)]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

interface Figure {
  readonly ms: number;
  readonly cpuMs: number;
  readonly findings: number;
  readonly checked: number;
}

/** Files of 50 resources, as people write them: locals, references, templates, functions, for_each; one in fifty has drifted. */
async function writeFolder(folder: string, resources: number): Promise<void> {
  const recorded: Record<string, object> = {};
  const files: string[][] = [];
  for (let index = 0; index < resources; index += 1) {
    const { code, address, values } = resource(index);
    if (index % 50 === 0) files.push([]);
    files.at(-1)?.push(code);
    recorded[address] = values;
  }
  const head = 'variable "env" {\n  default = "prod"\n}\nlocals {\n  tags = { env = var.env, team = "platform" }\n  ports = [for port in [443, 8443] : port]\n}\n';
  await writeFile(join(folder, 'main.tf'), head);
  for (const [index, file] of files.entries()) await writeFile(join(folder, `part-${index}.tf`), file.join('\n'));
  await writeFile(join(folder, 'terraform.tfstate'), stateOf(recorded));
}

function resource(index: number): { readonly code: string; readonly address: string; readonly values: object } {
  const size = index % 50 === 7 ? 't3.large' : 't3.small';
  const tags = { env: 'prod', team: 'platform', n: String(index) };
  if (index % 3 === 0) {
    return {
      code: `resource "aws_security_group" "g${index}" {\n  name = "g-\${var.env}-${index}"\n  dynamic "ingress" {\n    for_each = local.ports\n    content {\n      from_port   = ingress.value\n      to_port     = ingress.value\n      protocol    = "tcp"\n      cidr_blocks = [cidrsubnet("10.0.0.0/8", 8, ${index % 200})]\n    }\n  }\n  tags = merge(local.tags, { n = tostring(${index}) })\n}\n`,
      address: `aws_security_group.g${index}`,
      values: { id: `sg-${index}`, name: `g-prod-${index}`, tags, ingress: [443, 8443].map((port) => ({ from_port: port, to_port: port, protocol: 'tcp', cidr_blocks: [`10.${index % 200}.0.0/16`], ipv6_cidr_blocks: [], description: '', self: false })) },
    };
  }
  if (index % 3 === 1) {
    return {
      code: `resource "aws_instance" "i${index}" {\n  for_each               = toset(["a"])\n  ami                    = "ami-0a1b2c3d"\n  instance_type          = "t3.small"\n  vpc_security_group_ids = [aws_security_group.g${index - 1}.id]\n  user_data              = format("#!/bin/sh\\necho %s-%03d\\n", each.key, ${index})\n  tags                   = merge(local.tags, { n = "${index}" })\n}\n`,
      address: `aws_instance.i${index}["a"]`,
      values: { id: `i-${index}`, ami: 'ami-0a1b2c3d', instance_type: size, vpc_security_group_ids: [`sg-${index - 1}`], user_data: `#!/bin/sh\necho a-${String(index).padStart(3, '0')}\n`, tags },
    };
  }
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: `arn:aws:s3:::b-${index}/*` }] };
  return {
    code: `resource "aws_iam_policy" "p${index}" {\n  name   = lower("P-${index}")\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::b-${index}/*" }] })\n}\n`,
    address: `aws_iam_policy.p${index}`,
    values: { id: `p-${index}`, name: `p-${index}`, policy: JSON.stringify(policy) },
  };
}
