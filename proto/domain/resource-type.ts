/** The tools whose type names we read. */
export type Tool = 'terraform' | 'cloudformation' | 'kubernetes' | 'pulumi';

/** The tool that writes types this way: `aws_vpc`, `AWS::EC2::VPC`, `kubernetes:apps/v1/Deployment`, `aws:ec2/vpc:Vpc`. */
export function toolOf(type: string): Tool {
  if (type.startsWith('kubernetes:') && type.split(':').length === 2) return 'kubernetes';
  if (type.includes('::')) return 'cloudformation';
  return type.includes(':') ? 'pulumi' : 'terraform';
}

/**
 * The names under which rules may know a type, in Terraform's notation: the type itself, and for other tools' types what
 * they would be called there, with and without their module (`aws:s3/bucket:Bucket` → `aws_s3_bucket`, `aws_bucket`).
 */
export function namesOfType(type: string): readonly string[] {
  const tool = toolOf(type);
  if (tool === 'cloudformation') {
    const [provider = '', service = '', name = ''] = type.split('::');
    return [type, ...spelled(provider, service, name)];
  }
  if (tool === 'pulumi') {
    const [provider = '', module = '', name = ''] = type.split(':');
    return [type, ...spelled(provider, module.split('/')[0] ?? '', name)];
  }
  return [type];
}

/** A property name without its spelling: `cidr_blocks`, `cidrBlocks` and `CidrBlocks` are one. */
export function foldName(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase();
}

function spelled(provider: string, module: string, name: string): readonly string[] {
  const [head, middle, tail] = [provider, module, name].map(snake);
  return [`${head}_${middle}_${tail}`, `${head}_${tail}`];
}

function snake(text: string): string {
  return text.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').toLowerCase();
}
