/** An expression of the HCL native syntax, or of a string in its JSON syntax. */
export type Expression =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }
  /** `"${x}"` alone: the value itself, not its text. */
  | { readonly kind: 'wrap'; readonly of: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly key: Expression }
  /** `of[*].…`: `each` is evaluated with the member as its `member`. */
  | { readonly kind: 'splat'; readonly of: Expression; readonly each: Expression }
  | { readonly kind: 'member' }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly spread: boolean }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'conditional'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | ForExpression;

export interface ForExpression {
  readonly kind: 'for';
  readonly keyName: string | null;
  readonly valueName: string;
  readonly over: Expression;
  /** Null makes a list, otherwise an object. */
  readonly key: Expression | null;
  readonly value: Expression;
  readonly condition: Expression | null;
  /** `...`: values of the same key are gathered in a list. */
  readonly grouped: boolean;
}

export interface ObjectEntry {
  readonly key: Expression;
  readonly value: Expression;
  /** Not in brackets: a reference is no value there, but the name of a provider. */
  readonly isBare?: true;
}

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly of: Expression }
  | { readonly kind: 'if'; readonly test: Expression; readonly yes: readonly TemplatePart[]; readonly no: readonly TemplatePart[] }
  | { readonly kind: 'each'; readonly keyName: string | null; readonly valueName: string; readonly over: Expression; readonly body: readonly TemplatePart[] };

/** Operators by how tightly they bind, loosest first. */
export const precedence = [['||'], ['&&'], ['==', '!='], ['<=', '>=', '<', '>'], ['+', '-'], ['*', '/', '%']] as const;
export type BinaryOperator = (typeof precedence)[number][number];

/** What stands between braces, or in a whole file. */
export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
}

export interface Attribute {
  readonly value: Expression;
  readonly line: number;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly line: number;
}
