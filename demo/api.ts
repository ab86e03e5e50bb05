import { z } from 'zod';
import { Finding } from '#proto/domain/finding.ts';
import { ReportHead, type StackReport } from '#proto/domain/report.ts';

const StackPage = z.object({ stacks: z.array(z.object({ id: z.string() })), next: z.string().nullable() });
const Latest = ReportHead.omit({ id: true }).extend({ stack: z.string(), findings: z.array(Finding) });
const Token = z.object({ token: z.string() });

/** The control plane as the demo's client sees it: over HTTP, like anybody else. */
export interface Api {
  createJoinToken(): Promise<string>;
  /** The latest report of every stack. */
  latestReports(): Promise<readonly StackReport[]>;
}

/** `token` is a secret. */
export function createApi(address: string, token: string, signal: AbortSignal): Api {
  return { createJoinToken, latestReports };

  async function createJoinToken(): Promise<string> {
    const made = await ask('/v1/tokens', { method: 'POST', body: JSON.stringify({ uses: 1, ttlSeconds: 600, name: 'demo' }) });
    return Token.parse(made).token;
  }

  async function latestReports(): Promise<readonly StackReport[]> {
    const reports: StackReport[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = StackPage.parse(await ask(`/v1/stacks?limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`));
      for (const { id } of page.stacks) {
        const { stack, ...latest } = Latest.parse(await ask(`/v1/stacks/${encodeURIComponent(id)}/reports/latest`));
        reports.push({ id: stack, ...latest });
      }
      cursor = page.next;
    }
    return reports;
  }

  async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = { authorization: `Bearer ${token}`, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }) };
    const answer = await fetch(new URL(path, address), { ...init, headers, signal });
    if (!answer.ok) throw new Error(`the control plane answered ${answer.status} to ${path.split('?')[0]}`);
    return answer.json();
  }
}
