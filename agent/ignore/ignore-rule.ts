import { z } from 'zod';

const Glob = z.string().min(1).max(500);

/**
 * What somebody has decided to live with, in dd0c.yaml: which stack, address, type or property (globs; at least one),
 * why, whose decision it was, and until when it holds.
 */
export const IgnoreRule = z
  .strictObject({
    /** Under which it is told; where it is left out, by its place in the list. */
    name: z.string().min(1).max(100).optional(),
    stack: Glob.optional(),
    address: Glob.optional(),
    type: Glob.optional(),
    /** A path as reports write it, with or without indices; it covers everything below. Without it, the whole resource. */
    property: Glob.optional(),
    reason: z.string('every ignore rule says why, in a few words').min(1).max(500),
    owner: z.string().min(1).max(200).optional(),
    /** The last day on which it holds: 2026-12-31. */
    until: z.iso.date().optional(),
  })
  .refine(({ stack, address, type, property }) => (stack ?? address ?? type ?? property) !== undefined, 'name at least one of stack, address, type, property');
export type IgnoreRule = z.infer<typeof IgnoreRule>;
