import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { Gap } from '#proto/domain/resource.ts';
import { parseJson } from '../source/parse-json.ts';
import type { OpenStack } from '../scanner.ts';
import { nestedType, readStackDrift, ResourceDrift, StackResource } from './drift-sighting.ts';
import { answersIn } from './saved-answers.ts';
import { parametersIn } from './live/cloud.ts';
import { unevaluated, type Wanted, wantedOf, withCode } from './live/wanted.ts';
import { parseTemplate } from './template/parse-template.ts';
import { resolveTemplate, type WantedResource } from './template/resolve.ts';

const Drift = ResourceDrift.extend({ StackId: z.string().optional() });

/** Answers of the AWS CLI; several may be merged into one document. */
const Answers = z.object({
  StackResourceDrifts: z.array(Drift).optional(),
  StackResourceDrift: Drift.optional(),
  StackResourceSummaries: z.array(StackResource).optional(),
  StackResources: z.array(StackResource).optional(),
  NextToken: z.string().nullish(),
  DetectionStatus: z.string().optional(),
  DetectionStatusReason: z.string().optional(),
  Stacks: z.array(z.object({ StackId: z.string().optional(), StackName: z.string(), Parameters: z.array(z.object({ ParameterKey: z.string(), ParameterValue: z.string().optional(), ResolvedValue: z.string().optional() })).optional() })).optional(),
});

/**
 * Saved answers of drift detection, beside a template where one is given.
 * @throws Fault `drift-answer-unreadable`, `template-unreadable`
 */
export function openDrifts(text: string, label: string, template: { readonly text: string; readonly label: string } | null = null): OpenStack {
  const found = answersIn(parseJson(text, label));
  if (found === null) throw new Fault('drift-answer-unreadable', { source: label, detail: 'it has neither StackResourceDrifts nor StackResourceDrift' });
  const answers = Answers.safeParse(found);
  if (!answers.success) throw new Fault('drift-answer-unreadable', { source: label, at: answers.error.issues[0]?.path.join('.') }, { cause: answers.error });
  const { StackResourceDrifts: several = [], StackResourceDrift: one, StackResourceSummaries: listed, StackResources: described } = answers.data;
  const answered = one === undefined ? several : [...several, one];
  const isDetailed = 'StackResourceDrifts' in found || one !== undefined;
  const drifts = isDetailed ? answered : statusesOf(listed ?? described ?? []);
  const [stackId = null, ...others] = new Set(drifts.flatMap(({ StackId }) => StackId ?? []));
  if (others.length > 0) throw new Fault('drift-answer-unreadable', { source: label, at: 'StackId', detail: `it is of ${others.length + 1} stacks: save one file for each` });
  const named = listed ?? described;
  const resources = [...new Map([...drifts, ...(named ?? [])].map((resource) => [resource.LogicalResourceId, resource])).values()];
  const failure = unfinished(answers.data);
  const { sightings, gaps } = readStackDrift(drifts, resources, '', failure);
  const id = stackId === null ? null : nameOf(stackId);
  const told = [...(isDetailed ? [] : [onlyStatuses]), ...(failure === null ? [] : [{ address: '*', state: 'unreadable', reason: failure } as const]), ...nestedIn(resources, drifts), ...gaps, ...(named === undefined ? [unlisted] : [])];
  if (template === null) return stackOf({ id, against: 'live', sightings, gaps: told });
  const stack = answers.data.Stacks?.[0];
  const [, region = '', , name = stack?.StackName ?? ''] = arnParts.exec(stackId ?? stack?.StackId ?? '') ?? [];
  const wanted = wantedOf(template.text, template.label, { facts: { id: stackId ?? stack?.StackId ?? '', name, ...parametersIn(stack?.Parameters ?? []) }, resources, region });
  const there = named === undefined ? onlyOf(wanted, resources) : wanted; // who knows what AWS left out of its answer
  return stackOf({ id, against: template.label, sightings: withCode(sightings, there, { resources, prefix: '' }), gaps: [...unevaluated(wanted, ''), ...told, ...(stack === undefined ? [atDefaults] : [])] });
}

/** What a list of resources says of their drift; a resource that was never checked is not among it. */
function statusesOf(resources: readonly StackResource[]): readonly z.infer<typeof Drift>[] {
  return resources.flatMap(({ DriftInformation: drift, ...resource }) => (drift === undefined ? [] : [{ ...resource, StackResourceDriftStatus: drift.StackResourceDriftStatus, DriftStatusReason: drift.StackResourceDriftStatus === 'NOT_CHECKED' ? 'AWS has not looked at it' : undefined }]));
}

const onlyStatuses: Gap = { address: '*', state: 'stale', reason: 'the list of resources tells how the last detection left them and no properties; add the answer of describe-stack-resource-drifts' };

/** Why the answers are not all that AWS has to say of the stack, or null. */
function unfinished({ NextToken: next, DetectionStatus: status, DetectionStatusReason: reason }: z.infer<typeof Answers>): string | null {
  if (next) return 'the saved answer goes on on a further page (NextToken), which is not in it';
  if (status === 'DETECTION_IN_PROGRESS') return 'the detection was still under way when the answer was saved';
  return status === 'DETECTION_FAILED' ? `AWS could not finish the detection${reason === undefined ? '' : `: ${reason}`}` : null;
}

function onlyOf(wanted: Wanted, resources: readonly StackResource[]): Wanted {
  return { ...wanted, resources: new Map(resources.flatMap(({ LogicalResourceId: name }) => one(name))) };

  function one(name: string): readonly (readonly [string, WantedResource])[] {
    const found = wanted.resources.get(name);
    return found === undefined ? [] : [[name, found]];
  }
}

function nestedIn(resources: readonly StackResource[], drifts: readonly ResourceDrift[]): readonly Gap[] {
  const gone = new Set(drifts.flatMap(({ LogicalResourceId: name, StackResourceDriftStatus: status }) => (status === 'DELETED' ? [name] : [])));
  const nested = resources.filter(({ LogicalResourceId: name, ResourceType: type }) => type === nestedType && !gone.has(name));
  return nested.map(({ LogicalResourceId: address }) => ({ address, state: 'unsupported', reason: 'a nested stack: what is in it stands in an answer of its own' }));
}

/** The answers of drift detection do not tell the stack's parameters. */
const atDefaults: Gap = { address: '*', state: 'unsupported', reason: 'parameters of the template are taken at their defaults; add the answer of describe-stacks to have those of the stack' };

const arnParts = /^arn:[\w-]+:cloudformation:([\w-]*):(\d*):stack\/([^/]+)/;

/** Without the list of the stack's resources nobody can say which of them AWS left out of its answer. */
const unlisted: Gap = {
  address: '*',
  state: 'unsupported',
  reason: 'AWS leaves out the types that it cannot check; add the answer of list-stack-resources to have them named',
};

/**
 * A template by itself: nothing is compared, and each of its resources says so.
 * @throws Fault `template-unreadable`
 */
export function openTemplate(text: string, label: string): OpenStack {
  const wanted = resolveTemplate(parseTemplate(text, label), { parameters: {}, pseudo: {}, physicalIds: {} });
  return stackOf({ id: null, against: 'nothing', sightings: [], gaps: wanted.filter(({ presence }) => presence !== 'absent').map(templateAlone) });
}

function templateAlone({ logicalId }: WantedResource): Gap {
  return { address: logicalId, state: 'unsupported', reason: 'only the template names it; scan the stack itself, cloudformation://default/REGION/STACK' };
}

/** `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/UUID`: a stack that is made anew keeps its name and not its UUID. */
export function nameOf(stackId: string): string {
  const [, region, account, name] = arnParts.exec(stackId) ?? [];
  return name === undefined ? stackId : `cloudformation:${account}:${region}:${name}`;
}

function stackOf({ id, against, sightings, gaps }: Pick<OpenStack, 'id' | 'against'> & { sightings: ReturnType<typeof readStackDrift>['sightings']; gaps: readonly Gap[] }): OpenStack {
  return { id, against, lineage: null, serial: null, sightings: () => sightings, gaps: () => gaps };
}
