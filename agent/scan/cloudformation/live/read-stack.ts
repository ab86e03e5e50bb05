import { asFault, Fault } from '#proto/domain/fault.ts';
import type { Gap, Sighting } from '#proto/domain/resource.ts';
import type { Patience } from '../../source/aws/ask.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { nestedType, readStackDrift, type StackResource } from '../drift-sighting.ts';
import type { Cloud, Detection, StackFacts } from './cloud.ts';
import { detectDrift } from './detect.ts';
import { readUndetected, type Refusal } from './undetected.ts';
import { unevaluated, wantedOf, withCode } from './wanted.ts';

export interface StackReading {
  readonly id: string;
  readonly against: 'live' | 'code';
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
}

export interface StackWish {
  readonly stack: string;
  /** The template in the user's own files, or why it cannot be read; null for none. */
  readonly template: { readonly text: string; readonly label: string } | Fault | null;
  /** Null to ask AWS what is there; else why it is not asked. */
  readonly undetected: Refusal | null;
  /** A detection that was started ahead: its id, or null where that did not come to anything. */
  readonly begun: Promise<string | null>;
  readonly source: string;
}

export interface ReadParts {
  readonly cloud: Cloud;
  readonly patience: Patience;
  readonly timeoutMs: number;
}

/** Where only the template is asked for. */
export const unasked: Refusal = { state: 'stale', reason: 'AWS was not asked to look for drift' };

/** AWS allows no deeper nesting. */
const maxNesting = 8;

/**
 * A stack and those nested in it, one detection after the other. What is known by name when the time, the budget or AWS's
 * patience runs out is listed by name.
 * @throws Fault where not even the stack's resources can be listed
 */
export async function readStack(wish: StackWish, { cloud, patience, timeoutMs }: ReadParts, signal: AbortSignal): Promise<StackReading> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  const sightings: Sighting[] = [];
  const gaps: Gap[] = [];
  let refused = wish.undetected; // what holds for a stack holds for those in it

  const opened = await open(wish.stack).catch((error: unknown) => {
    throw faultOf(error);
  });
  const rootId = opened.facts.id;
  const entered = new Set([rootId]);
  await walk({ ...opened, prefix: '', template: ownTemplate(), depth: 0 });
  return { id: opened.facts.id, against: refused === null ? 'live' : 'code', sightings, gaps };

  /** One that cannot be read hides nothing of what AWS has to say. */
  function ownTemplate(): string | null {
    if (wish.template === null) return null;
    try {
      if (wish.template instanceof Fault) throw wish.template;
      parseTemplate(wish.template.text, wish.template.label);
      return wish.template.text;
    } catch (error) {
      gaps.push({ address: '*', ...stateOf(asFault(error)) });
      return null;
    }
  }

  async function open(stack: string): Promise<Opened> {
    const facts = await cloud.describe(stack, either);
    return { facts, resources: await cloud.resources(facts.id, either) };
  }

  async function walk(level: Level): Promise<void> {
    await look(level).catch((error: unknown) => notChecked(level, faultOf(error)));
    for (const nested of level.resources.filter(({ ResourceType }) => ResourceType === nestedType)) await enter(nested, level);
  }

  async function look({ facts, resources, prefix, template }: Level): Promise<void> {
    const detection = refused === null ? await detect(facts) : null;
    if (detection === null || refused !== null) {
      const found = await readUndetected({ cloud, facts, resources, prefix, template, source: wish.source, refusal: refused ?? unasked }, either);
      sightings.push(...found.sightings);
      gaps.push(...found.gaps);
      return;
    }
    const drifts = await cloud.drifts(facts.id, either);
    const failure = detection.state === 'failed' ? `AWS could not finish the detection${detection.reason === null ? '' : `: ${detection.reason}`}` : null;
    const found = readStackDrift(drifts, resources, prefix, failure);
    const wanted = template === null ? null : wantedOf(template, wish.source, { facts, resources, region: cloud.region });
    sightings.push(...(wanted === null ? found.sightings : withCode(found.sightings, wanted, { resources, prefix })));
    gaps.push(...(wanted === null ? [] : unevaluated(wanted, prefix)), ...found.gaps);
  }

  /** Null, and the refusal kept, where AWS does not look. */
  async function detect(facts: StackFacts): Promise<Detection | null> {
    try {
      const begun = facts.id === rootId ? await wish.begun : null;
      return await detectDrift(cloud, { stack: facts.id, begun }, patience, either);
    } catch (error) {
      refused = refusalOf(error, facts);
      return null;
    }
  }

  async function enter({ LogicalResourceId: name, PhysicalResourceId: id }: StackResource, { prefix, depth }: Level): Promise<void> {
    const address = `${prefix}${name}`;
    if (id === undefined) return void gaps.push({ address, state: 'unreadable', reason: 'the nested stack was not made' });
    const opened = await open(id).catch((error: unknown) => faultOf(error));
    if (opened instanceof Fault) return void gaps.push({ address, ...stateOf(opened) });
    if (depth >= maxNesting || entered.has(opened.facts.id)) return void gaps.push({ address, state: 'unreadable', reason: entered.has(opened.facts.id) ? 'the stack is nested in itself, or twice' : 'stacks are nested deeper than AWS nests them' });
    entered.add(opened.facts.id);
    await walk({ ...opened, prefix: `${address}/`, template: null, depth: depth + 1 });
  }

  function notChecked({ resources, prefix }: Level, fault: Fault): void {
    for (const { LogicalResourceId: name, ResourceType } of resources) {
      if (ResourceType !== nestedType) gaps.push({ address: `${prefix}${name}`, ...stateOf(fault) });
    }
  }

  function faultOf(error: unknown): Fault {
    signal.throwIfAborted();
    return deadline.aborted ? new Fault('aws-timeout', { source: wish.source, seconds: timeoutMs / 1_000 }) : asFault(error);
  }
}

/** What the SDK calls an answer that is not in AWS's words, and services that speak the protocol and have no such request. */
const unheard = new Set(['Error', 'SyntaxError', 'UnknownError', 'InvalidAction', 'UnknownOperation', 'UnknownOperationException', 'NotImplemented']);

/** Why AWS does not look, where the rest can be read all the same. What is not for IAM to decide may pass: it is no answer. */
function refusalOf(error: unknown, { status }: StackFacts): Refusal {
  if (!(error instanceof Fault)) throw error;
  const { action, answer, reason } = error.facts;
  if (error.code === 'aws-denied') return { state: 'stale', reason: `${String(action)} is not allowed to these credentials` };
  if (error.code === 'aws-failed' && answer === 'ValidationError') return { state: 'unreadable', reason: `AWS does not look for drift in a stack that is ${status}${reason === undefined ? '' : `: ${String(reason)}`}` };
  if (error.code === 'aws-failed' && unheard.has(String(answer))) return { state: 'unreadable', reason: 'this endpoint does not know drift detection' };
  throw error;
}

interface Opened {
  readonly facts: StackFacts;
  readonly resources: readonly StackResource[];
}

interface Level extends Opened {
  readonly prefix: string;
  readonly template: string | null;
  readonly depth: number;
}

function stateOf(fault: Fault): Pick<Gap, 'state' | 'reason'> {
  const isThrottled = fault.code === 'aws-throttled' || fault.code === 'aws-budget-spent';
  return { state: isThrottled ? 'throttled' : 'unreadable', reason: fault.message };
}
