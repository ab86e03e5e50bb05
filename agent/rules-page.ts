import { rules } from './normalise/rules.ts';
import type { SeverityRule } from './severity/rule.ts';
import { severityRules } from './severity/rules.ts';
import { byName } from './severity/rules/by-name.ts';

/** docs/rules.md, written from the rules themselves. */
export function rulesPage(): string {
  return `# Rules

<!-- Written by \`npm run generate\` from agent/normalise/rules and agent/severity/rules; edit those. -->

## What is noise

A difference that means nothing is told by the name of the rule that says so, and does not count. The rules are asked in
this order, wherever two values differ; a rule is switched off in dd0c.yaml with \`rules: { off: [NAME] }\`.

${rules.length} rules:

| rule | why the difference means nothing |
|---|---|
${rules.map(({ name, reason }) => `| \`${name}\` | ${cell(reason)} |`).join('\n')}

Two more names stand for what is no rule of writing: \`controller-owned\` where the platform's own machinery wrote the
value, and the name of an ignore rule of yours.

## What you decide to live with

\`\`\`yaml
# dd0c.yaml
ignore:
  - name: autoscaled            # told on the difference; without it, ignore-1, ignore-2…
    type: aws_ecs_service       # stack, address, type, property: globs, at least one of them
    property: desired_count     # a path as reports write it; it covers what is below, and any index
    reason: the autoscaler sets it
    owner: platform team
    until: 2027-03-31           # the last day on which it holds
\`\`\`

Without \`property\` the whole resource is ignored, also where it is missing or unmanaged. What is ignored is told as noise
and does not count. A rule that has expired no longer holds, and says so after a scan, as does one that matches nothing.

## How severe a difference is

A finding is as severe as its most severe property that is no noise. The direction counts: what *becomes* so, or *was* so
and no longer is. Types are written as Terraform writes them, and hold for CloudFormation and Pulumi too. References: AWS
Foundational Security Best Practices (AWS FSBP) and the other controls of AWS Security Hub, CIS AWS 3.0, CIS Azure 2.1, CIS GCP 3.0, CIS Kubernetes 1.9, CIS EKS 1.5,
CIS AKS 1.7, CIS GKE 1.6, Kubernetes Pod Security Standards (PSS); \`dd0c\` is our own judgement.

A reference names the control whose violation the rule would tell. In November 2026 those of AWS were compared with the list
of FSBP and the requirements that the user guide of Security Hub names for each control. Those of the other benchmarks, which
CIS publishes under terms of its own, were each compared with the title that free scanners carry for these editions: kube-bench
for Kubernetes, EKS, AKS and GKE, Steampipe's compliance mods for Azure and GCP. Other editions number differently. Where a rule goes further than any control (a change of any kind, a
missing resource), it says \`dd0c\` instead of the nearest number.

${severityRules.length} rules that know a type:

| severity | rule | types | reason | reference |
|---|---|---|---|---|
${severityRules.map(row).join('\n')}

### By the name of the property

Asked in this order where no rule above speaks; where nothing speaks, a difference is medium.

| severity | rule | names | reason |
|---|---|---|---|
${byName.map(({ severity, id, paths, reason }) => `| ${severity} | \`${id}\` | ${paths.map((path) => `\`${path.replace('**.', '')}\``).join(' ')} | ${cell(reason)} |`).join('\n')}
`;
}

function row({ severity, id, types, reason, reference }: SeverityRule): string {
  const [first = '', second, ...more] = types.map((type) => `\`${type}\``);
  const told = [first, ...(second === undefined ? [] : [second]), ...(more.length === 0 ? [] : [`and ${more.length} more`])].join(', ');
  return `| ${severity} | \`${id}\` | ${told} | ${cell(reason)} | ${reference} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
