import { sign } from 'node:crypto';
import type { Command } from 'commander';
import { z } from 'zod';
import { approvalBytes } from '#proto/domain/approval.ts';
import { Fault } from '#proto/domain/fault.ts';
import { hashPlan, type StepPlan } from '#proto/domain/step-plan.ts';
import { commandText, partOf } from '#proto/domain/step-run.ts';
import { readApproverKeyFile } from '../../config/approver-key-file.ts';
import type { Environment } from '../../config/environment.ts';
import { type Signer, sshAgentSigner } from '../../config/ssh-agent.ts';
import { parseDuration } from '../../config/duration.ts';
import { type Client, read } from '../client.ts';
import { footer, type Open } from '../session.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { riskColour } from '../terminal/paint.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { Question, renderQuestion } from './question.ts';

const Questions = z.looseObject({ approvals: z.array(Question) });
const Decided = z.looseObject({ execution: z.string(), step: z.string(), missing: z.number() });

interface ApproveOptions {
  readonly key?: string;
  readonly sshAgent?: string | true;
  readonly valid: string;
  readonly yes?: boolean;
}

/** `dd0c approvals …` */
export function approvalCommands(program: Command, open: Open, env: Environment): void {
  const approvals = program.command('approvals').description('what people are asked before it runs');

  approvals
    .command('list')
    .description('what is asked now')
    .action(async () => {
      const { client, terminal, tell } = await open();
      tell(read(Questions, await client.call({ path: '/v1/approvals' })), (list) => renderQuestions(list.approvals, terminal));
    });

  approvals
    .command('show <id>')
    .description('all that an approval would be for')
    .action(async (id: string) => {
      const { client, terminal, tell } = await open();
      tell(await getQuestion(client, id), (question) => renderQuestion(question, terminal));
    });

  approvals
    .command('approve <id>')
    .description('show what is to run, sign it with your own key, and let it run once')
    .option('--key <file>', 'your private key, as `dd0c keys generate` wrote it; it stays on this machine')
    .option('--ssh-agent [id]', 'or the ssh-ed25519 key in your ssh-agent; the beginning of its id where there are several')
    .option('--valid <duration>', 'the agent must begin within this', '15m')
    .option('--yes', 'do not ask again')
    .action(async (id: string, { valid, yes, ...where }: ApproveOptions) => {
      const signer = await signerOf(where, env);
      const { client, terminal, tell } = await open();
      const question = checked(await getQuestion(client, id));
      terminal.err(renderQuestion(question, terminal));
      if (yes !== true) await confirm(terminal);
      const notAfterMs = Math.min(Date.parse(question.until), terminal.now() + parseDuration(valid, '--valid') * 1_000);
      const statement = approvalBytes({ schema: 'dd0c.approval/v1', ...question.terms, notAfterMs, keyId: signer.keyId });
      const signature = await signer.sign(statement);
      const body = { statement: statement.toString('base64'), signature: Buffer.from(signature).toString('base64') };
      tell(read(Decided, await client.call({ method: 'POST', path: `${pathOf(id)}/approve`, body })), ({ step, missing }) =>
        missing > 0 ? `Approved: ${step} needs ${missing} more, from other people.\n` : `Approved: ${step} may begin until ${new Date(notAfterMs).toISOString()}. \`dd0c executions watch ${id}\` shows it run.\n`);
    });

  approvals
    .command('deny <id>')
    .description('end the execution before the step')
    .requiredOption('--reason <text>', 'why, for whoever asked')
    .action(async (id: string, { reason }: { readonly reason: string }) => {
      const { client, tell } = await open();
      tell(read(Decided, await client.call({ method: 'POST', path: `${pathOf(id)}/deny`, body: { reason } })), ({ step }) => `Denied: ${step} does not run, and nothing behind it.\n`);
    });
}

/** @throws Fault `usage`, `approver-key-unreadable`, `key-exposed` */
async function signerOf({ key, sshAgent }: Pick<ApproveOptions, 'key' | 'sshAgent'>, env: Environment): Promise<Signer> {
  if ((key === undefined) === (sshAgent === undefined)) throw new Fault('usage', { reason: 'give either --key FILE or --ssh-agent' });
  if (key === undefined) return sshAgentSigner(env['SSH_AUTH_SOCK'], sshAgent === true || sshAgent === undefined ? '' : sshAgent);
  const { keyId, privateKey } = await readApproverKeyFile(key);
  return { keyId, sign: async (bytes) => sign(null, bytes, privateKey) };
}

function pathOf(id: string): string {
  return `/v1/approvals/${encodeURIComponent(id)}`;
}

async function getQuestion(client: Client, id: string): Promise<Question> {
  return read(Question, await client.call({ path: pathOf(id) }));
}

/**
 * What is signed must be what was shown, whatever the server says: the hash is made here, over the plan that is shown.
 * @throws Fault `approval-invalid`
 */
function checked(question: Question): Question {
  const { plan, terms, requester } = question;
  if (hashPlan(plan) !== terms.planHash) throw new Fault('approval-invalid', { reason: 'the hash that the server asks to be signed is not that of the plan that it shows' });
  if (plan.step.id !== terms.step || partOf(plan.step, terms.part) === null) throw new Fault('approval-invalid', { reason: 'the step to be signed is not the one that it shows' });
  if (requester.id !== terms.requester) throw new Fault('approval-invalid', { reason: 'the requester to be signed is not the one that it shows' });
  return question;
}

async function confirm({ ask }: Terminal): Promise<void> {
  if (ask === undefined) throw new Fault('usage', { reason: 'there is nobody to ask here; give --yes once you have looked at it' });
  const answer = await ask('Sign it, so that it may run once? Type yes: ');
  if (answer.trim() !== 'yes') throw new Fault('usage', { reason: 'not signed' });
}

function renderQuestions(questions: readonly Question[], { width, paint, now }: Terminal): string {
  if (questions.length === 0) return 'Nobody is asked anything. `dd0c executions list` tells what runs.\n';
  const table = renderTable(
    questions,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'RUNBOOK', value: ({ plan }) => plan.runbook.name },
      { title: 'STEP', value: ({ terms }) => (terms.part === 'run' ? terms.step : `${terms.step} (${terms.part})`) },
      { title: 'RISK', value: ({ plan }) => plan.risk, colour: ({ plan }) => riskColour(plan.risk) },
      { title: 'COMMAND', value: ({ plan, terms }) => commandOf(plan, terms.part), shrinks: true },
      { title: 'ASKED BY', value: ({ requester }) => requester.name },
      { title: 'ENDS', value: ({ until }) => relativeTime(until, now()) },
    ],
    { width, paint },
  );
  return table + footer(questions.length, 'approval', null);
}

function commandOf({ step }: StepPlan, part: Question['terms']['part']): string {
  const run = partOf(step, part);
  return run === null ? '' : commandText(run, step.env);
}
