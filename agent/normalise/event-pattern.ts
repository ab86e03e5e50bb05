import { isElement, isOfFamily } from './place.ts';
import type { Place } from './rule.ts';

/**
 * True at and inside a pattern that AWS matches events or messages with: of a rule or an archive of EventBridge, a
 * subscription of SNS, a pipe, or what feeds a function.
 */
export function inEventPattern(place: Place): boolean {
  if (!isOfFamily(place, 'aws_')) return false;
  return place.names.some((name, index) => patterns.has(name) || (name === 'pattern' && place.names.slice(0, index).includes('filtercriteria')));
}

/**
 * True for a list of what a field may be, any one of it, and not for a range of numbers
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html).
 */
export function isAlternatives(place: Place): boolean {
  return !isElement(place) && inEventPattern(place) && place.name !== 'numeric';
}

const patterns = new Set(['eventpattern', 'filterpolicy']);
