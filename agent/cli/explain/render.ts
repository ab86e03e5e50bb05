import type { Explanation, Voice } from '../../explain/explanation.ts';
import { propertyLines, type Room } from '../format/human/property-lines.ts';
import { storyOf } from '../format/human/wording.ts';
import { wrap } from '../terminal/fit.ts';
import type { Colour } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';

/** The document of schema dd0c.explain/v1: fields may be added, none is renamed or removed. */
export function explanationJson(asked: string, explanations: readonly Explanation[]): string {
  const resources = explanations.map(({ properties, finding, ...rest }) => ({
    ...rest,
    finding: finding === null ? null : { ...finding, properties: finding.properties.map((property, index) => ({ ...property, voices: properties[index] ?? [] })) },
  }));
  return `${JSON.stringify({ schema: 'dd0c.explain/v1', asked, resources }, null, 2)}\n`;
}

/** For people: what came of a resource, and below each difference every rule that spoke, the one that counted first marked. */
export function explanationText(explanations: readonly Explanation[], room: Room): string {
  return `${explanations.map((explanation) => linesOf(explanation, room).join('\n')).join('\n\n')}\n`;
}

const verdicts: Readonly<Record<Explanation['verdict'], readonly [string, Colour]>> = {
  drift: ['drift', 'red'],
  noise: ['in sync', 'green'],
  in_sync: ['in sync', 'green'],
  not_checked: ['not checked', 'yellow'],
};

function linesOf(explanation: Explanation, room: Room): readonly string[] {
  const { finding, voices, properties, leftOut } = explanation;
  const [word, colour] = verdicts[explanation.verdict];
  return [
    room.paint('bold', printable(explanation.address)),
    ...told(`${explanation.type === '' ? '' : `${explanation.type} · `}stack ${explanation.stack} · ${sidesOf(explanation)}`, 2, room, 'dim'),
    `  ${room.paint(colour, word)}${printable(storyLine(explanation))}`,
    ...voices.flatMap((voice) => voiceLines(voice, 4, room)),
    ...(finding?.properties ?? []).flatMap((property, index) => [
      '',
      ...propertyLines([property], { width: room.width - 2, paint: room.paint }).map((line) => `  ${line}`),
      ...((properties[index] ?? []).length === 0 ? told('no rule spoke: it counts as medium', 6, room, 'dim') : (properties[index] ?? []).flatMap((voice) => voiceLines(voice, 4, room))),
    ]),
    ...(leftOut.length === 0 ? [] : ['', ...leftOut.flatMap(({ path, why }) => told(`not compared: ${path} (${why === 'unknown' ? 'unknown until it is applied' : 'the code says ignore_changes'})`, 2, room, 'dim'))]),
  ];
}

function storyLine({ verdict, finding, gap }: Explanation): string {
  if (gap !== null) return `: ${gap.state}: ${gap.reason}`;
  if (finding === null) return verdict === 'in_sync' ? ': nothing differs' : '';
  if (verdict === 'noise') return ': these differences were noise';
  return ` (${finding.severity}): ${storyOf(finding)}, cause ${finding.cause}, by ${finding.severityRule}`;
}

function sidesOf({ sides }: Explanation): string {
  const seen = Object.entries(sides).map(([side, state]) => (state === 'present' ? side : `${side} (absent)`));
  return seen.length === 0 ? 'not looked at' : `seen in ${seen.join(', ')}`;
}

function voiceLines({ stage, rule, says, reason, reference, won, why }: Voice, indent: number, room: Room): readonly string[] {
  const text = `${won ? '✓' : '·'} ${stage} ${rule} says ${says}${won ? ' and counts' : ', does not count'}: ${why}`;
  const more = [reason, reference === null ? null : `[${reference}]`].filter((part) => part !== null).join(' ');
  return [...told(text, indent, room, won ? 'cyan' : 'dim'), ...(more === '' ? [] : told(more, indent + 4, room, 'dim'))];
}

function told(text: string, indent: number, { width, paint }: Room, colour: Colour): readonly string[] {
  return wrap(printable(text), Math.max(20, width - indent)).map((line) => `${' '.repeat(indent)}${paint(colour, line)}`);
}
