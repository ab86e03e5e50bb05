import { type Answer, AwsRefusal, type AwsRequest, serveAwsQuery } from './aws-query.ts';

/** A stack as the fake keeps it; what is left out has a plain default. */
export interface FakeStack {
  readonly name: string;
  readonly status?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly resources: readonly { readonly id: string; readonly type: string; readonly physicalId?: string; readonly status?: string }[];
  /** What a detection finds; until one has ended, nothing is told, but for those of `last`. */
  readonly drifts?: readonly { readonly [name: string]: Answer }[];
  /** What an earlier detection found. */
  readonly last?: readonly { readonly [name: string]: Answer }[];
  readonly template?: string;
  readonly parent?: string;
  readonly detection?: { readonly status: string; readonly reason?: string };
}

export interface FakeCloudFormation {
  readonly url: string;
  readonly requests: AwsRequest[];
  /** Actions in the order in which they came. */
  readonly actions: () => readonly string[];
}

export interface FakeBehaviour {
  /** How often a detection is still under way when it is asked after. */
  readonly pollsUntilDone?: number;
  readonly pageSize?: number;
  /** Asked before each request; throws an AwsRefusal to refuse it. `nth` counts the requests of that action from 1. */
  readonly before?: (request: AwsRequest, nth: number) => void;
}

const checkedAt = '2026-05-01T10:00:00.000Z';

/** The id of a stack of the fake. */
export function stackIdOf(name: string): string {
  return `arn:aws:cloudformation:eu-west-1:123456789012:stack/${name}/d0a825a0-e4cd-11e9-b9fb-061c69e99204`;
}

/**
 * CloudFormation as far as reading goes, with its contract: one detection a stack at a time, results only after it has
 * ended, pages, and ValidationError for what is not there.
 */
export async function fakeCloudFormation(stacks: readonly FakeStack[], { pollsUntilDone = 0, pageSize = 100, before }: FakeBehaviour = {}): Promise<FakeCloudFormation> {
  const requests: AwsRequest[] = [];
  const detections = new Map<string, { stack: string; polls: number }>();
  const detected = new Set<string>();
  const url = await serveAwsQuery((request) => {
    requests.push(request);
    before?.(request, requests.filter(({ action }) => action === request.action).length);
    return answer(request);
  });
  return { url, requests, actions: () => requests.map(({ action }) => action) };

  function answer({ action, params }: AwsRequest): Answer {
    if (action === 'ListStacks') {
      const statuses = Object.entries(params).flatMap(([name, value]) => (name.startsWith('StackStatusFilter') ? [value] : []));
      const shown = stacks.filter((stack) => statuses.includes(statusOf(stack)));
      return page('StackSummaries', shown.map((stack) => ({ StackName: stack.name, StackId: stackIdOf(stack.name), StackStatus: statusOf(stack), CreationTime: checkedAt, ParentId: stack.parent })), params);
    }
    if (action === 'DescribeStackDriftDetectionStatus') return detectionOf(params['StackDriftDetectionId'] ?? '');
    const stack = find(params['StackName'] ?? '');
    if (action === 'DescribeStacks') return { Stacks: [{ ...describe(stack) }] };
    if (action === 'ListStackResources') return page('StackResourceSummaries', stack.resources.map(({ id, type, physicalId, status = 'CREATE_COMPLETE' }) => ({ LogicalResourceId: id, PhysicalResourceId: physicalId, ResourceType: type, ResourceStatus: status, LastUpdatedTimestamp: checkedAt })), params);
    if (action === 'GetTemplate') return { TemplateBody: stack.template ?? '{"Resources":{}}' };
    if (action === 'DetectStackDrift') return start(stack);
    if (action === 'DescribeStackResourceDrifts') return page('StackResourceDrifts', (detected.has(stack.name) ? (stack.drifts ?? []) : (stack.last ?? [])).map((drift) => ({ StackId: stackIdOf(stack.name), Timestamp: checkedAt, ...drift })), params);
    throw new AwsRefusal('InvalidAction', `The action ${action} is not valid for this endpoint.`);
  }

  function find(nameOrId: string): FakeStack {
    const found = stacks.find(({ name }) => nameOrId === name || nameOrId === stackIdOf(name));
    if (found === undefined) throw new AwsRefusal('ValidationError', `Stack with id ${nameOrId} does not exist`);
    return found;
  }

  function describe(stack: FakeStack) {
    return {
      StackName: stack.name,
      StackId: stackIdOf(stack.name),
      StackStatus: statusOf(stack),
      CreationTime: checkedAt,
      Parameters: Object.entries(stack.parameters ?? {}).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
      DriftInformation: stack.last === undefined ? { StackDriftStatus: 'NOT_CHECKED' } : { StackDriftStatus: 'DRIFTED', LastCheckTimestamp: checkedAt },
    };
  }

  function start(stack: FakeStack): Answer {
    if (!/_COMPLETE$|^UPDATE_ROLLBACK_FAILED$/.test(statusOf(stack))) throw new AwsRefusal('ValidationError', `Drift detection is not supported for stacks in ${statusOf(stack)}`);
    if ([...detections.values()].some((one) => one.stack === stack.name && one.polls < pollsUntilDone)) throw new AwsRefusal('ValidationError', `Drift detection is already in progress for stack [${stackIdOf(stack.name)}]`);
    const id = `detection-${detections.size + 1}`;
    detections.set(id, { stack: stack.name, polls: 0 });
    return { StackDriftDetectionId: id };
  }

  function detectionOf(id: string): Answer {
    const detection = detections.get(id);
    if (detection === undefined) throw new AwsRefusal('ValidationError', `No stack drift detection found with id ${id}`);
    const isDone = detection.polls >= pollsUntilDone;
    detection.polls += 1;
    if (isDone) detected.add(detection.stack);
    const { status = 'DETECTION_COMPLETE', reason } = find(detection.stack).detection ?? {};
    return { StackId: stackIdOf(detection.stack), StackDriftDetectionId: id, DetectionStatus: isDone ? status : 'DETECTION_IN_PROGRESS', DetectionStatusReason: isDone ? reason : undefined, Timestamp: checkedAt };
  }

  function page(name: string, items: readonly Answer[], params: Readonly<Record<string, string>>): Answer {
    const from = Number(params['NextToken'] ?? 0);
    const size = Math.min(pageSize, Number(params['MaxResults'] ?? pageSize));
    return { [name]: items.slice(from, from + size), NextToken: from + size < items.length ? from + size : undefined };
  }
}

function statusOf({ status = 'UPDATE_COMPLETE' }: FakeStack): string {
  return status;
}
