import { isOfFamily } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `debian-cloud/debian-12` against the image of that family that was the newest when the disk was made. */
export const imageFamily: Rule = {
  name: 'image-family',
  reason: 'An image family was asked for, and the disk was made from an image of it.',
  appliesTo: (place) => /^(?:image|sourceimage)$/.test(place.name) && isOfFamily(place, 'google_compute_', 'gcp_compute_'),
  explains: ({ before, after }) => {
    const [wanted, made] = [imageOf(before), imageOf(after)];
    return wanted !== null && made !== null && wanted.project === made.project && made.name.startsWith(`${wanted.name}-`) && /v\d{8}\w*$/.test(made.name) && !/v\d{8}\w*$/.test(wanted.name);
  },
};

/** `PROJECT/NAME`, `projects/PROJECT/global/images/NAME`, `…/family/NAME`, or its full link. */
function imageOf(value: unknown): { readonly project: string; readonly name: string } | null {
  if (typeof value !== 'string') return null;
  const [, project, name] = /^(?:https:\/\/[\w.]+\/compute\/\w+\/)?(?:projects\/)?([\w.:-]+)\/(?:global\/images\/)?(?:family\/)?([\w-]+)$/.exec(value) ?? [];
  return project === undefined || name === undefined ? null : { project, name };
}
