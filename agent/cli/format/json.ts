import type { StackReport } from '#proto/domain/report.ts';
import type { Surroundings } from './format.ts';
import { summarise } from './summary.ts';

/** The document of schema dd0c.scan/v1, which scripts rest on: fields may be added, none is renamed or removed. */
export function renderJson(reports: readonly StackReport[], { version, formOf }: Pick<Surroundings, 'version' | 'formOf'>): string {
  const { noise, noiseDifferences, severity, ...counts } = summarise(reports);
  const document = {
    schema: 'dd0c.scan/v1',
    agent: version,
    stacks: reports.map((report) => stackOf(report, formOf?.(report))),
    summary: { ...counts, severity, noise, noiseDifferences },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A stack that could be read has no `error` at all. */
function stackOf({ id, kind, source, against, scannedAt, lineage, serial, ledger, error, removed, findings }: StackReport, form: string | undefined): object {
  return { id, kind, ...(form === undefined ? {} : { form }), source, against, scannedAt, lineage, serial, ledger, ...(error === null ? {} : { error }), findings, removed };
}
