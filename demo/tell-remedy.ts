import type { Paint } from '#agent/cli/terminal/paint.ts';
import { printable } from '#agent/cli/terminal/printable.ts';
import type { StepResult } from '#proto/domain/step-result.ts';
import type { Remedy } from './remedy.ts';

/** What became of the finding that was put right, in a few lines. */
export function tellRemedy({ address, execution, trail }: Remedy, paint: Paint): string {
  const { standing, steps, remedy } = execution;
  const isClosed = remedy?.state === 'closed';
  return [
    `${paint('bold', printable(address))} ${isClosed ? paint('green', 'put right') : paint('yellow', `not put right: ${printable(standing)}`)}`,
    ...steps.flatMap(({ command, how, why, result }) => [`  $ ${printable(command)}${tierOf(result)}`, ...(isClosed ? [] : [`    ${printable(how ?? 'not run')}${why === null ? '' : `: ${printable(why)}`}`])]),
    ...(remedy === null ? [] : [`  finding ${printable(remedy.state)}: ${printable(remedy.reason)}`]),
    `  ${trail.entries} entries in the audit trail verified, ${trail.approvals} ${trail.approvals === 1 ? 'approval' : 'approvals'} with a good signature`,
    '',
    '',
  ].join('\n');
}

function tierOf(result: StepResult | null): string {
  return result?.ending.state === 'ended' ? `   in the sandbox of tier ${result.ending.outcome.tier}` : '';
}
