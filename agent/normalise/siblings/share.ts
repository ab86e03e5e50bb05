import type { Json, JsonObject } from '#proto/domain/json.ts';

/** A part of one type of resource that another type manages: a bucket's versioning, a route of a route table. */
export interface Share {
  /** Types in Terraform's notation; what Pulumi calls them is found by namesOfType. */
  readonly parent: string;
  /** Attributes of the parent at its root. */
  readonly attributes: readonly string[];
  readonly child: string;
  /** The child's attribute that names its parent by any of its `names`; of a list or a block every text inside may. */
  readonly of: string;
  /** How the child's part is known in the parent's attribute. */
  readonly part: Part;
}

export type Part =
  /** All of it: what differs there is told by the child. */
  | { readonly by: 'whole' }
  /** The parent counts them: no more than the stack has. */
  | { readonly by: 'count' }
  /** Elements by a field that both have, as [parent's field, child's field]; an empty field is the element itself, and of a child's block every text inside may be it. */
  | { readonly by: 'element'; readonly fields: readonly (readonly [string, string])[] }
  /** Rules of a security group, which have no name: by protocol, ports and source. */
  | { readonly by: 'traffic'; readonly direction: 'ingress' | 'egress' };

/** Something a difference added to an attribute: an element of a list, or one value in one field of it. */
export interface Addition {
  readonly element: Json | undefined;
  /** Set where only one value of one of the element's lists was added. */
  readonly within: { readonly field: string; readonly value: Json | undefined } | null;
}

export interface Child {
  readonly type: string;
  readonly values: JsonObject;
}
