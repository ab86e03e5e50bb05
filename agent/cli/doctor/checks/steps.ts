import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { Approver } from '../../../runbook/approvers.ts';
import { openJournal } from '../../../runbook/journal/journal.ts';
import type { Policy } from '../../../runbook/policy/policy.ts';
import { readStepSettings } from '../../steps/settings.ts';
import type { Finding, Patient } from '../check.ts';

/** Whether runbook steps run here, what their owner allows, who approves, and whether the journal is sound. */
export async function checkSteps({ config, dataDir }: Pick<Patient, 'config' | 'dataDir'>): Promise<readonly Finding[]> {
  if (config === null) return [];
  if (!config.config.runbooks.enabled) return [{ name: 'steps', state: 'good', detail: 'disabled: no runbook step runs here' }];
  try {
    const { policy, approvers } = await readStepSettings(config, dataDir, process.getuid?.() ?? null);
    return [allowed(policy), pinned(policy, approvers), ...journal(dataDir)];
  } catch (error) {
    const { message, next } = asFault(error);
    return [{ name: 'steps', state: 'bad', detail: message, next }];
  }
}

function allowed({ maxRisk, programs, readable, writable, hosts, hours, tiers, unsigned, approvals }: Policy): Finding {
  const list = (name: string, items: readonly string[]): string => `${name} ${items.length === 0 ? 'none' : items.join(', ')}`;
  const detail = [
    `up to ${maxRisk}`,
    list('programs', programs),
    list('reads', readable),
    list('writes', writable),
    list('hosts', hosts),
    hours.open.length === 0 ? 'at any hour' : `${hours.open.length} openings (${hours.zone})`,
    list('tiers', tiers.map(String)),
    unsigned === 'none' ? `every step approved by ${approvals}` : `above ${unsigned} approved by ${approvals}`,
  ].join('; ');
  if (programs.length === 0) return { name: 'steps', state: 'note', detail, next: 'Name what may be started under runbooks.programs in dd0c.yaml; with none, only what a shell does by itself runs.' };
  if (programs.includes('*')) return { name: 'steps', state: 'note', detail, next: 'Name the programs instead of *: then an approval by mistake does less.' };
  return { name: 'steps', state: 'good', detail };
}

function pinned({ maxRisk, approvals }: Policy, approvers: readonly Approver[]): Finding {
  const people = new Set(approvers.map(({ person }) => person)).size;
  const detail = approvers.map(({ name, keyId }) => `${name} (${keyId.slice(0, 16)})`).join(', ');
  if (people === 0) return { name: 'approvers', state: 'note', detail: 'none are pinned: nothing above read_only runs here', next: 'Add public keys under approvers in dd0c.yaml; `dd0c keys generate` makes one.' };
  if (people < approvals) return { name: 'approvers', state: 'bad', detail: `${detail}; ${approvals} are needed`, next: 'Add more people under approvers in dd0c.yaml, or lower runbooks.approvals.' };
  if (maxRisk === 'dangerous' && people < 2) return { name: 'approvers', state: 'note', detail, next: 'With one person, nothing dangerous runs that they asked for themselves; add another.' };
  return { name: 'approvers', state: 'good', detail };
}

/** A journal that another process holds is that of a running agent. */
function journal(dataDir: string): readonly Finding[] {
  if (!existsSync(join(dataDir, 'journal'))) return [];
  try {
    const opened = openJournal(dataDir);
    const open = opened.open().length;
    opened.close();
    if (open === 0) return [{ name: 'journal', state: 'good', detail: 'nothing is under way' }];
    return [{ name: 'journal', state: 'note', detail: `${open} orders were under way when the agent ended`, next: 'Start the agent: it finds out what became of them, and tells.' }];
  } catch (error) {
    const { message, next, facts } = error instanceof Fault ? error : asFault(error);
    if (/locked/.test(String(facts['reason']))) return [{ name: 'journal', state: 'good', detail: 'in use by a running agent' }];
    return [{ name: 'journal', state: 'bad', detail: message, next }];
  }
}
