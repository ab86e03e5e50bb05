import type { DraftFinding } from '#proto/domain/finding.ts';
import { controllerOwned } from '../diff/attribute.ts';
import type { Comparison, Difference } from '../diff/difference.ts';
import type { IgnoreVoice } from '../ignore/ignore.ts';
import type { SeverityVoice } from '../severity/judge.ts';
import type { Weights } from '../weigh.ts';
import type { Voice } from './explanation.ts';
import type { Witness } from './witness.ts';

export interface Hearing extends Weights {
  readonly heard: Witness['heard'];
  readonly reasonOf: (rule: string) => string | undefined;
}

export interface Heard {
  readonly voices: readonly Voice[];
  readonly properties: readonly (readonly Voice[])[];
}

/**
 * Everything that was said of a comparison, beside what it was weighed to. The order is the order of having the last
 * word: a normalising rule, the platform's own machinery, a sibling, the user's ignore rules; what none of them calls
 * noise counts as much as its most severe rule says.
 */
export function hear({ finding, differences }: Comparison, weighed: DraftFinding, { stackId, siblings, judge, ignore, heard, reasonOf }: Hearing): Heard {
  const place = { stack: stackId, address: finding.address, type: finding.type };
  const ofWhole = (ignore?.voices(place, null) ?? []).map((voice) => ignoring(voice, weighed.severityRule === `ignored by ${voice.name}`, finding.noise));
  const severity = finding.change === 'modified' ? [] : judge.voices(finding, null).map((voice) => ranking(voice, weighed, weighed.noise));
  return { voices: [...ofWhole, ...severity], properties: differences.map((difference, index) => ofProperty(difference, weighed.properties[index]?.noise ?? null)) };

  function ofProperty(difference: Difference, noise: string | null): readonly Voice[] {
    const { noise: by, path } = difference.property;
    const normalising = by === null || by === controllerOwned ? [] : heard(path, by).map((rule, index) => calling('normalising', rule, index === 0, index === 0 ? 'it was asked first' : 'another rule was asked before it'));
    const controller = by === controllerOwned ? [calling('controller', by, noise === by, noise === by ? 'no severity rule insists' : 'a severity rule says that this matters whoever did it')] : [];
    const sibling = siblings.filter((kind) => kind.siblings.explain(finding.type, difference)).map(({ name }) => calling('sibling', name, noise === name, noise === name ? 'no other rule had spoken' : 'another rule had spoken before'));
    const ignored = (ignore?.voices(place, path) ?? []).map((voice) => ignoring(voice, noise === voice.name, noise !== null));
    const ranked = finding.change === 'modified' ? judge.voices(finding, difference).map((voice) => ranking(voice, weighed, noise !== null)) : [];
    return [...normalising, ...controller, ...sibling, ...ignored, ...ranked];
  }

  function calling(stage: 'normalising' | 'controller' | 'sibling', rule: string, won: boolean, why: string): Voice {
    return { stage, rule, says: 'noise', reason: reasonOf(rule) ?? null, reference: null, won, why };
  }
}

function ignoring({ name, reason, owner, until, state }: IgnoreVoice, won: boolean, isSettled: boolean): Voice {
  const why = state === 'expired' ? `it expired after ${until ?? 'its last day'}` : won ? (until === null ? 'it has no last day' : `it holds until ${until}`) : isSettled ? 'it was noise already' : 'another ignore rule stands before it';
  return { stage: 'ignore', rule: name, says: 'noise', reason: owner === null ? reason : `${reason} (${owner})`, reference: null, won, why };
}

function ranking({ rule, severity, reason, reference, isMostSevere }: SeverityVoice, weighed: DraftFinding, isNoise: boolean): Voice {
  const decides = !isNoise && isMostSevere && weighed.severityRule.startsWith(`${rule}: `);
  const why = isNoise ? 'noise is not ranked' : !isMostSevere ? 'another rule is more severe, or knows the type' : decides ? 'the resource is as severe as this' : 'another property is more severe';
  return { stage: 'severity', rule, says: severity, reason, reference, won: decides, why };
}
