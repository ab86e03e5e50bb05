import type { Command } from 'commander';
import type { Host } from '../host.ts';

interface RulesFlags {
  readonly severity?: true;
  readonly secrets?: true;
  readonly json?: true;
}

const examples = `
Examples:
  dd0c-agent rules                     what counts as noise, and why
  dd0c-agent rules --severity          how severe a difference is, and the control that says so
  dd0c-agent rules --secrets           what is taken out before anything leaves this host

A normalising rule is switched off in dd0c.yaml: \`rules: { off: [NAME] }\`.`;

/** `rules`: the rules that a report names. */
export function rulesCommand(program: Command, host: Host, end: (exitCode: number) => void): void {
  program
    .command('rules')
    .description('list the rules for noise, for severity, or for secrets')
    .option('--severity', 'the rules that rank a difference, with their references')
    .option('--secrets', 'the rules of the scrubber')
    .option('--json', 'one JSON document instead of a table')
    .addHelpText('after', examples)
    .action(async (flags: RulesFlags) => {
      const { listRules } = await import('../rules/list-rules.ts');
      end(listRules({ about: flags.secrets === true ? 'secrets' : flags.severity === true ? 'severity' : 'noise', format: flags.json === true ? 'json' : 'human' }, host));
    });
}
