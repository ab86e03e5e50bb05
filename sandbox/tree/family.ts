import { readdirSync, readFileSync } from 'node:fs';

/** The children of a process, of all its threads. Empty where it has ended. */
export function childrenOf(pid: number): readonly number[] {
  return tasksOf(pid).flatMap((task) => {
    try {
      return readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' ').flatMap((word) => (word === '' ? [] : [Number(word)]));
    } catch {
      return [];
    }
  });
}

/** The process and everything below it, in the order of descent. */
export function familyOf(pid: number): readonly number[] {
  const found = [pid];
  for (let index = 0; index < found.length; index += 1) found.push(...childrenOf(found[index] ?? 0));
  return found;
}

function tasksOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}
