import type { RunbookUse } from '#control-plane/runbook/runbooks.ts';
import { Fault } from '#proto/domain/fault.ts';

async function missing(): Promise<never> {
  throw new Fault('not-found');
}

/** The feature with nothing in it. */
export const noRunbooks: RunbookUse = {
  importRunbook: missing,
  listRunbooks: async () => ({ items: [], next: null }),
  listVersions: missing,
  getRunbook: missing,
  setTrust: missing,
  addKey: missing,
  listKeys: async () => [],
  removeKey: missing,
  startExecution: missing,
  rollBack: missing,
  cancelExecution: missing,
  getExecution: missing,
  listExecutions: async () => ({ items: [], next: null }),
  listQuestions: async () => [],
  getQuestion: missing,
  approve: missing,
  deny: missing,
  watchExecution: missing,
  offersFor: async () => [],
};
