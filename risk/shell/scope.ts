/** What is known of variables and functions at a point of the script. Whatever is not certain is unknown. */
export interface Scope {
  /** The value of a variable, or undefined where only the run will know. */
  get(name: string): string | undefined;
  set(name: string, value: string | undefined): void;
  isFunction(name: string): boolean;
  /** @param assigns the variables that a call may change */
  define(name: string, assigns: ReadonlySet<string>): void;
  undefine(name: string): void;
  /** A function ran: what any of them assigns is unknown. */
  called(): void;
  /** Nothing that was assigned holds any more, and nothing that will be. */
  forget(): void;
  /** Nothing that was assigned so far is known. */
  blank(): void;
  /** Work that may run or not, or elsewhere: what it assigns is unknown afterwards. */
  branch(work: (scope: Scope) => void): void;
  /** A body that runs later, with values that nobody knows yet. */
  later(work: (scope: Scope) => void): ReadonlySet<string>;
  /** The folder that a relative path starts from, where `cd` made it known. */
  directory: string | undefined;
}

interface Known {
  readonly variables: Map<string, string | undefined>;
  readonly functions: Map<string, ReadonlySet<string>>;
  readonly conditional: boolean;
  readonly directory: string | undefined;
}

export function createScope(): Scope {
  return scopeOver({ variables: new Map(), functions: new Map(), conditional: false, directory: undefined }).scope;
}

function scopeOver({ variables, functions, conditional, directory }: Known): { scope: Scope; assigned: ReadonlySet<string> } {
  const assigned = new Set<string>();
  let forgetful = false;
  const scope: Scope = { get: (name) => variables.get(name), set, isFunction: (name) => functions.has(name), define, undefine, called, forget, blank, branch, later, directory };
  return { scope, assigned };

  function set(name: string, value: string | undefined): void {
    assigned.add(name);
    variables.set(name, forgetful ? undefined : value);
  }

  function define(name: string, assigns: ReadonlySet<string>): void {
    if (!conditional) functions.set(name, assigns); // else it may not exist when it is called
    called();
  }

  function undefine(name: string): void {
    functions.delete(name);
  }

  function called(): void {
    for (const assigns of functions.values()) for (const name of assigns) set(name, undefined);
  }

  function forget(): void {
    forgetful = true;
    blank();
  }

  function blank(): void {
    for (const name of variables.keys()) variables.set(name, undefined);
  }

  function branch(work: (inner: Scope) => void): void {
    const inner = scopeOver({ variables: new Map(variables), functions: new Map(functions), conditional: true, directory: scope.directory });
    work(inner.scope);
    for (const name of inner.assigned) set(name, undefined);
  }

  function later(work: (inner: Scope) => void): ReadonlySet<string> {
    const inner = scopeOver({ variables: new Map(), functions: new Map(functions), conditional: true, directory: undefined });
    work(inner.scope);
    return inner.assigned;
  }
}
