import { Fault } from '#proto/domain/fault.ts';
import { quote } from '#proto/domain/step-run.ts';
import { namesIn } from './placeholder.ts';
import type { Runbook, RunTemplate, StepTemplate } from './runbook.ts';
import { Document, type DocumentStep } from './schema.ts';
import { splitWords } from './split-words.ts';
import { readYaml, whyNot, type YamlSource } from './yaml-source.ts';

/** What a document means, and where it says so. */
export interface ReadRunbook {
  readonly runbook: Runbook;
  /** The line of a field such as `steps.0.probe`. */
  readonly lineOf: (field: string) => number;
}

/**
 * Reads a runbook. What the document says of itself, that it is safe or approved, counts for nothing: there is no field
 * for it, and trust is set by people elsewhere.
 * @throws Fault `runbook-invalid`, with the line and the field
 */
export function readRunbook(text: string): ReadRunbook {
  const source = readYaml(text);
  const parsed = Document.safeParse(source.value);
  if (!parsed.success) throw whyNot(parsed.error, source);
  const { name, title, description, for: selector, parameters, steps } = parsed.data;
  const known = new Set(parameters.map((parameter) => parameter.name));
  refuseTwice(parameters.map((parameter) => parameter.name), 'parameters', source);
  refuseTwice(steps.map(({ id }) => id), 'steps', source);
  const templates = steps.map((step, index) => template(step, ['steps', index], known, source));
  return {
    runbook: { name, title, description, selector: selector ?? null, parameters, steps: templates },
    lineOf: (field) => source.lineOf(field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))),
  };
}

type Place = readonly (string | number)[];

function template(step: DocumentStep, at: Place, known: ReadonlySet<string>, source: YamlSource): StepTemplate {
  const { id, title, env, secrets, sandbox, idempotent, retries, expect } = step;
  const run = step.run === undefined ? scriptOf(step.script ?? '', step.shell ?? 'bash', [...at, 'script']) : commandOf(step.run, [...at, 'run']);
  for (const [name, value] of Object.entries(env)) {
    if (steering.test(name)) throw refuse([...at, 'env', name], 'this variable decides what other programs do; it cannot be set');
    refuseUnknown(value, [...at, 'env', name]);
  }
  return {
    id,
    title: title ?? id,
    run,
    probe: step.probe === undefined ? null : asideOf(step.probe, [...at, 'probe']),
    rollback: step.rollback === undefined ? null : asideOf(step.rollback, [...at, 'rollback']),
    env,
    secrets,
    sandbox: { readable: sandbox.read, writable: sandbox.write, network: sandbox.network, tier: sandbox.tier },
    limits: { timeoutMs: step.timeout, memoryBytes: step.memory, pids: step.processes, diskBytes: step.disk, outputBytes: step.output },
    idempotent,
    retries,
    expect,
  };

  function asideOf(aside: NonNullable<DocumentStep['probe']>, place: Place): RunTemplate {
    return typeof aside === 'object' && 'script' in aside ? scriptOf(aside.script, aside.shell, [...place, 'script']) : commandOf(aside, place);
  }

  function commandOf(line: string | readonly string[], place: Place): RunTemplate {
    const words = typeof line === 'string' ? split(line, place) : line;
    const [program = ''] = words;
    if (program === '' || namesIn(program).length > 0) throw refuse(place, 'the program is not for a parameter to choose');
    for (const word of words) refuseUnknown(word, place);
    return { kind: 'command', words: [...words] };
  }

  function scriptOf(text: string, shell: 'bash' | 'sh', place: Place): RunTemplate {
    const [name] = namesIn(text);
    if (name !== undefined && known.has(name)) {
      throw refuse(place, `the value of a parameter is never put into a script: write env: { ${name.toUpperCase().replaceAll('-', '_')}: ${quote(`{{ ${name} }}`)} } and use the variable, in double quotes`);
    }
    return { kind: 'script', shell, text };
  }

  function split(line: string, place: Place): readonly string[] {
    try {
      return splitWords(line);
    } catch (error) {
      throw error instanceof Fault ? refuse(place, String(error.facts['reason'])) : error;
    }
  }

  function refuseUnknown(text: string, place: Place): void {
    const stranger = namesIn(text).find((name) => !known.has(name));
    if (stranger !== undefined) throw refuse(place, `there is no parameter ${stranger}`);
  }

  function refuse(place: Place, reason: string): Fault {
    return new Fault('runbook-invalid', { line: source.lineOf(place), field: place.join('.'), reason });
  }
}

/** With these, whoever sets them runs code in every program of the step, or changes what the shell reads. */
const steering = /^(LD_|DYLD_|BASH_FUNC_|DD0C_|(PATH|IFS|ENV|BASH_ENV|SHELLOPTS|BASHOPTS|PS4|PROMPT_COMMAND|NODE_OPTIONS|PYTHONSTARTUP|PYTHONPATH|PERL5OPT|PERL5LIB|RUBYOPT|HOME|TMPDIR)$)/;

function refuseTwice(names: readonly string[], list: string, source: YamlSource): void {
  const index = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (index !== -1) throw new Fault('runbook-invalid', { line: source.lineOf([list, index]), field: `${list}.${index}`, reason: `${names[index]} stands there twice` });
}
