import type { RuleCases } from '../rule-cases.ts';

const made = 'https://www.googleapis.com/compute/v1/projects/debian-cloud/global/images/debian-12-bookworm-v20260110';
const disk = (image: string): { boot_disk: readonly { initialize_params: readonly { image: string }[] }[] } => ({ boot_disk: [{ initialize_params: [{ image }] }] });

export const cases: RuleCases = {
  rule: 'image-family',
  same: [
    ['by project and family', 'google_compute_instance', disk('debian-cloud/debian-12'), disk(made)],
    ['by the path of the family', 'google_compute_disk', { image: 'projects/debian-cloud/global/images/family/debian-12' }, { image: made }],
  ],
  different: [
    ['another family', 'google_compute_instance', disk('debian-cloud/debian-11'), disk(made)],
    ['a family that begins alike', 'google_compute_instance', disk('debian-cloud/debian-1'), disk(made)],
    ['another project', 'google_compute_instance', disk('acme/debian-12'), disk(made)],
    ['an image by its name', 'google_compute_instance', disk('debian-cloud/debian-12-bookworm-v20250110'), disk(made)],
  ],
};
