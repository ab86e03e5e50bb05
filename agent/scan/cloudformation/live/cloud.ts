import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { type AwsAccess, clientConfig } from '../../source/aws/access.ts';
import { ask, type Patience, type RequestBudget } from '../../source/aws/ask.ts';
import { awsCode } from '../../source/aws/aws-fault.ts';
import { leftBehind, ResourceDrift, StackResource } from '../drift-sighting.ts';

/** CloudFormation in one account and region, as far as a scan reads it. `stack` is a name or a StackId. */
export interface Cloud {
  readonly region: string;
  /** Stacks that are there and are not part of another one. */
  list(signal: AbortSignal): Promise<readonly string[]>;
  /** @throws Fault `stack-missing` */
  describe(stack: string, signal: AbortSignal): Promise<StackFacts>;
  resources(stack: string, signal: AbortSignal): Promise<readonly StackResource[]>;
  /** The template that AWS made of what was uploaded: macros and transforms done. */
  template(stack: string, signal: AbortSignal): Promise<string>;
  /** Answers the id of the detection, or null where another one is under way. */
  startDetection(stack: string, signal: AbortSignal): Promise<string | null>;
  detection(id: string, stack: string, signal: AbortSignal): Promise<Detection>;
  /** What the last detection found. */
  drifts(stack: string, signal: AbortSignal): Promise<readonly ResourceDrift[]>;
}

export interface StackFacts {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** As far as AWS shows them: of those that are not to be echoed there is none. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What parameters that name one of SSM stood for. */
  readonly resolved: Readonly<Record<string, string>>;
  /** When drift was last looked for, RFC 3339, or null for never. */
  readonly checkedAt: string | null;
}

export interface Detection {
  readonly state: 'under-way' | 'complete' | 'failed';
  readonly reason: string | null;
}

export interface CloudParts {
  readonly access: AwsAccess;
  readonly budget: RequestBudget;
  readonly patience: Patience;
}

const Text = z.string().min(1);

/** @throws Fault `aws-region-unknown` */
export async function openCloud({ access, budget, patience }: CloudParts, source: string, signal: AbortSignal): Promise<Cloud> {
  const sdk = await import('@aws-sdk/client-cloudformation');
  const client = new sdk.CloudFormationClient(await clientConfig(access));
  const region = await ask(() => client.config.region(), { ...askedFor('DescribeStacks', source), signal, budget: unlimited });
  const statusesThere = Object.values(sdk.StackStatus).filter((status) => status !== 'DELETE_COMPLETE' && status !== 'REVIEW_IN_PROGRESS'); // gone, and not made yet
  return { region, list, describe, resources, template, startDetection, detection, drifts };

  async function list(signal: AbortSignal): Promise<readonly string[]> {
    const summaries = await pages(async (NextToken) => {
      const answer = await ask((abortSignal) => client.send(new sdk.ListStacksCommand({ ...NextToken, StackStatusFilter: statusesThere }), { abortSignal }), { ...askedFor('ListStacks', source), signal });
      return { items: answer.StackSummaries, next: answer.NextToken };
    });
    return summaries.flatMap(({ StackName, ParentId }) => (StackName === undefined || ParentId !== undefined ? [] : [StackName])).sort();
  }

  async function describe(stack: string, signal: AbortSignal): Promise<StackFacts> {
    const { Stacks } = await onStack(stack, () => ask((abortSignal) => client.send(new sdk.DescribeStacksCommand({ StackName: stack }), { abortSignal }), { ...askedFor('DescribeStacks', stack), signal }));
    const [found] = Stacks ?? [];
    if (found?.StackName === undefined) throw new Fault('stack-missing', { stack });
    const { parameters, resolved } = parametersIn(found.Parameters ?? []);
    const checkedAt = found.DriftInformation?.LastCheckTimestamp?.toISOString() ?? null;
    return { id: found.StackId ?? found.StackName, name: found.StackName, status: found.StackStatus ?? 'unknown', parameters, resolved, checkedAt };
  }

  async function resources(stack: string, signal: AbortSignal): Promise<readonly StackResource[]> {
    const summaries = await onStack(stack, () =>
      pages(async (NextToken) => {
        const answer = await ask((abortSignal) => client.send(new sdk.ListStackResourcesCommand({ StackName: stack, ...NextToken }), { abortSignal }), { ...askedFor('ListStackResources', stack), signal });
        return { items: answer.StackResourceSummaries, next: answer.NextToken };
      }),
    );
    return answered(z.array(StackResource), summaries, stack).filter(({ ResourceStatus }) => !leftBehind.has(ResourceStatus ?? ''));
  }

  async function template(stack: string, signal: AbortSignal): Promise<string> {
    const answer = await onStack(stack, () => ask((abortSignal) => client.send(new sdk.GetTemplateCommand({ StackName: stack, TemplateStage: 'Processed' }), { abortSignal }), { ...askedFor('GetTemplate', stack), signal }));
    return answer.TemplateBody ?? '';
  }

  async function startDetection(stack: string, signal: AbortSignal): Promise<string | null> {
    try {
      const answer = await onStack(stack, () => ask((abortSignal) => client.send(new sdk.DetectStackDriftCommand({ StackName: stack }), { abortSignal }), { ...askedFor('DetectStackDrift', stack), signal }));
      return answered(Text, answer.StackDriftDetectionId, stack);
    } catch (error) {
      if (error instanceof Fault && error.code === 'aws-failed' && /\bdetection\b.*\b(?:in progress|running)\b/i.test(String(error.facts['reason']))) return null;
      throw error;
    }
  }

  async function detection(id: string, stack: string, signal: AbortSignal): Promise<Detection> {
    const answer = await ask((abortSignal) => client.send(new sdk.DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id }), { abortSignal }), { ...askedFor('DescribeStackDriftDetectionStatus', stack), signal });
    const state = answer.DetectionStatus === 'DETECTION_COMPLETE' ? 'complete' : answer.DetectionStatus === 'DETECTION_FAILED' ? 'failed' : 'under-way';
    return { state, reason: answer.DetectionStatusReason ?? null };
  }

  async function drifts(stack: string, signal: AbortSignal): Promise<readonly ResourceDrift[]> {
    const found = await onStack(stack, () =>
      pages(async (NextToken) => {
        const answer = await ask((abortSignal) => client.send(new sdk.DescribeStackResourceDriftsCommand({ StackName: stack, MaxResults: 100, ...NextToken }), { abortSignal }), { ...askedFor('DescribeStackResourceDrifts', stack), signal });
        return { items: answer.StackResourceDrifts, next: answer.NextToken };
      }),
    );
    return answered(z.array(ResourceDrift), found, stack);
  }

  function askedFor(command: string, source: string) {
    return { action: `cloudformation:${command}`, source, budget, patience };
  }
}

export interface ToldParameter {
  readonly ParameterKey?: string | undefined;
  readonly ParameterValue?: string | undefined;
  readonly ResolvedValue?: string | undefined;
}

/** The parameters of a stack as AWS answers them. */
export function parametersIn(told: readonly ToldParameter[]): Pick<StackFacts, 'parameters' | 'resolved'> {
  return { parameters: named(({ ParameterValue }) => (ParameterValue === '****' ? undefined : ParameterValue)), resolved: named(({ ResolvedValue }) => ResolvedValue) };

  function named(valueIn: (parameter: ToldParameter) => string | undefined): Readonly<Record<string, string>> {
    return Object.fromEntries(told.flatMap((parameter) => {
      const [name, value] = [parameter.ParameterKey, valueIn(parameter)];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }));
  }
}

/** @throws Fault `drift-answer-unreadable` where an endpoint leaves out what AWS always tells */
function answered<T>(schema: z.ZodType<T>, value: unknown, source: string): T {
  const answer = schema.safeParse(value);
  if (answer.success) return answer.data;
  throw new Fault('drift-answer-unreadable', { source, at: answer.error.issues[0]?.path.join('.') }, { cause: answer.error });
}

const unlimited: RequestBudget = { limit: Number.POSITIVE_INFINITY, spend: () => undefined };

/** All items of an answer that comes in pages; the budget ends one that has no end. */
async function pages<Item>(page: (token: { NextToken?: string }) => Promise<{ items: readonly Item[] | undefined; next: string | undefined }>): Promise<readonly Item[]> {
  const items: Item[] = [];
  let token: { NextToken?: string } = {};
  for (;;) {
    const answer = await page(token);
    items.push(...(answer.items ?? []));
    if (answer.next === undefined || answer.next === '') return items;
    token = { NextToken: answer.next };
  }
}

/** @throws Fault `stack-missing` where AWS says that in its own way */
async function onStack<T>(stack: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const cause = error instanceof Fault ? error.cause : error;
    const isMissing = cause instanceof Error && awsCode(cause) === 'ValidationError' && /does not exist/.test(cause.message);
    throw isMissing ? new Fault('stack-missing', { stack }, { cause }) : error;
  }
}
