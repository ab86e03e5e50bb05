import { z } from 'zod';
import { quote } from '#proto/domain/step-run.ts';
import { riskColour } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';

const Offer = z.looseObject({
  runbook: z.string(),
  title: z.string(),
  trust: z.string(),
  risks: z.array(z.string()),
  parameters: z.record(z.string(), z.string()),
  missing: z.array(z.looseObject({ name: z.string(), reason: z.string() })),
});
export const Offers = z.looseObject({ offers: z.array(Offer) });
type Offer = z.infer<typeof Offer>;

/** What may put a finding right, each with the line that would do it. */
export function renderOffers(finding: string, offers: readonly Offer[], { paint }: Terminal): string {
  if (offers.length === 0) return '';
  const told = offers.map((offer) => {
    const risks = offer.risks.map((risk) => paint(riskColour(risk) ?? 'dim', risk)).join(', ');
    const missing = offer.missing.map(({ name, reason }) => `    ${printable(name)}: ${printable(reason)}\n`).join('');
    return `  ${paint('bold', printable(offer.runbook))}  ${printable(offer.title)} (${risks})\n    ${printable(lineOf(finding, offer))}\n${missing}`;
  });
  return `\n${paint('dim', 'may be put right by')}\n${told.join('')}`;
}

/** Ready to be pasted: values from a finding are quoted as a shell needs it. */
function lineOf(finding: string, { runbook, parameters, missing }: Offer): string {
  const given = Object.entries(parameters).map(([name, value]) => `--param ${quote(`${name}=${value}`)}`);
  return ['dd0c executions start', runbook, '--finding', finding, ...given, ...missing.map(({ name }) => `--param ${name}=…`)].join(' ');
}
