import type { StackReport } from '#proto/domain/report.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import type { Paint } from '../terminal/paint.ts';

export const formatNames = ['human', 'json', 'sarif', 'junit', 'markdown'] as const;
export type FormatName = (typeof formatNames)[number];

/** What a format may use beside the reports. */
export interface Surroundings {
  readonly paint: Paint;
  /** In columns. */
  readonly width: number;
  /** Absolute; sources below it are told relative to it. */
  readonly cwd: string;
  /** Whether differences that mean nothing are listed one by one. */
  readonly noise: 'folded' | 'listed';
  /** Why a normalising rule explains a difference away, or undefined for a rule that is not known here. */
  readonly reasonOf: (rule: string) => string | undefined;
  /** What a stack was taken for (`terraform-folder`…), where that is known. */
  readonly formOf?: (report: StackReport) => string | undefined;
  readonly version: string;
}

/** Turns the reports of one scan into text that ends with a line break. */
export type Format = (reports: readonly Scrubbed<StackReport>[], around: Surroundings) => string;
