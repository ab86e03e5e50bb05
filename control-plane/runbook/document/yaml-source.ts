import { isAlias, isNode, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';

/** A runbook longer than this is a book: 128 KiB. */
export const maxDocumentLength = 128 * 1024;

/** A parsed document that still knows on which line each of its values stands. */
export interface YamlSource {
  readonly value: unknown;
  /** From 1; of the innermost part of the path that the document has. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Parses one YAML 1.2 document that is nothing but data: no anchors or aliases (a bomb is made of them), no tags of its
 * own, no key twice.
 * @throws Fault `runbook-invalid` with the line
 */
export function readYaml(text: string): YamlSource {
  if (text.length > maxDocumentLength) throw new Fault('runbook-invalid', { line: 1, reason: `it has ${text.length} characters; at most ${maxDocumentLength} are taken` });
  const lines = new LineCounter();
  const document = parse(text, lines);
  const [trouble] = [...document.errors, ...document.warnings];
  if (trouble) throw new Fault('runbook-invalid', { line: trouble.linePos?.[0].line ?? 1, reason: reasons[trouble.code] ?? trouble.message.split('\n')[0] });
  visit(document, {
    Node(_, node) {
      if (isAlias(node) || node.anchor !== undefined) throw new Fault('runbook-invalid', { line: lineAt(node.range?.[0]), reason: 'anchors and aliases are not taken; write the value out' });
    },
  });
  return { value: document.toJS(), lineOf };

  function lineOf(path: readonly PropertyKey[]): number {
    for (let length = path.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lineAt(node.range[0]);
    }
    return 1;
  }

  function lineAt(offset = 0): number {
    return lines.linePos(offset).line;
  }
}

/** The first thing that a schema has against a document. */
export function whyNot(error: z.ZodError, source: YamlSource): Fault {
  const [issue] = error.issues;
  const path = issue?.path ?? [];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const at = unknown === undefined ? path : [...path, unknown];
  const reason = unknown === undefined ? issue?.message : 'there is no such field';
  return new Fault('runbook-invalid', { line: source.lineOf(at), field: at.map(String).join('.') || undefined, reason });
}

const reasons: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'the same key stands here twice',
  MULTIPLE_DOCS: 'there is more than one document; a file holds one runbook',
  TAG_RESOLVE_FAILED: 'tags are not taken',
};

function parse(text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { version: '1.2', strict: true, uniqueKeys: true, prettyErrors: true, lineCounter, stringKeys: true });
  } catch (cause) {
    throw new Fault('runbook-invalid', { line: 1, reason: 'it is nested too deep' }, { cause });
  }
}
