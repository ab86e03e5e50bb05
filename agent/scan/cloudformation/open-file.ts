import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { Gap } from '#proto/domain/resource.ts';
import { parseJson } from '../source/parse-json.ts';
import type { OpenStack } from '../scanner.ts';
import { readStackDrift, ResourceDrift, StackResource } from './drift-sighting.ts';
import { parseTemplate } from './template/parse-template.ts';
import { resolveTemplate, type WantedResource } from './template/resolve.ts';

/** Answers of the AWS CLI; several may be merged into one document. */
const Answers = z.object({
  StackResourceDrifts: z.array(ResourceDrift.extend({ StackId: z.string().optional() })).optional(),
  StackResourceDrift: ResourceDrift.extend({ StackId: z.string().optional() }).optional(),
  StackResourceSummaries: z.array(StackResource).optional(),
  StackResources: z.array(StackResource).optional(),
});

/**
 * Saved answers of drift detection.
 * @throws Fault `drift-answer-unreadable`
 */
export function openDrifts(text: string, label: string): OpenStack {
  const answers = Answers.safeParse(parseJson(text, label));
  if (!answers.success) throw new Fault('drift-answer-unreadable', { source: label, at: answers.error.issues[0]?.path.join('.') }, { cause: answers.error });
  const { StackResourceDrifts: several = [], StackResourceDrift: one, StackResourceSummaries: listed, StackResources: described } = answers.data;
  const drifts = one === undefined ? several : [...several, one];
  const resources = listed ?? described;
  const { sightings, gaps } = readStackDrift(drifts, resources ?? drifts, '');
  const stackId = drifts.find(({ StackId }) => StackId !== undefined)?.StackId ?? null;
  return stackOf({ id: stackId === null ? null : nameOf(stackId), against: 'live', sightings, gaps: resources === undefined ? [...gaps, unlisted] : gaps });
}

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
  const [, region, account, name] = /^arn:[\w-]+:cloudformation:([\w-]*):(\d*):stack\/([^/]+)/.exec(stackId) ?? [];
  return name === undefined ? stackId : `cloudformation:${account}:${region}:${name}`;
}

function stackOf({ id, against, sightings, gaps }: Pick<OpenStack, 'id' | 'against'> & { sightings: ReturnType<typeof readStackDrift>['sightings']; gaps: readonly Gap[] }): OpenStack {
  return { id, against, lineage: null, serial: null, sightings: () => sightings, gaps: () => gaps };
}
