import { isList, isObject, type Json } from '#proto/domain/json.ts';
import type { Template } from './parse-template.ts';

/** Macros of a template that only AWS runs, by name; a template in its processed form has none left to run. */
export function macrosOf({ Transform: transform }: Pick<Template, 'Transform'>): readonly string[] {
  const named = transform === undefined || transform === null ? [] : isList(transform) ? transform : [transform];
  return named.map(nameOf).filter((name) => name !== 'AWS::LanguageExtensions'); // its functions are evaluated here
}

/** True where the macros leave what is written for itself as it is: they replace serverless resources and add others. */
export function onlyServerless(macros: readonly string[]): boolean {
  return macros.every((name) => name.startsWith('AWS::Serverless-'));
}

export function isServerless(type: string): boolean {
  return type.startsWith('AWS::Serverless::');
}

/** A set of resources that AWS keeps under a type of its own, by private extensions. */
export function isModule(type: string): boolean {
  return type.endsWith('::MODULE');
}

function nameOf(transform: Json): string {
  if (typeof transform === 'string') return transform;
  return isObject(transform) && typeof transform['Name'] === 'string' ? transform['Name'] : 'a macro';
}
