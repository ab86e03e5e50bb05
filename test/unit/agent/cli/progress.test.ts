import { expect, test } from 'vitest';
import { createProgress } from '#agent/cli/scan/progress.ts';
import type { Target } from '#agent/scan/scanner.ts';

const target: Target = { kind: 'terraform', form: 'terraform-state', path: '/infra/net', label: 'net' };

function watched(isInteractive: boolean) {
  let told = '';
  let now = 0;
  const terminal = { err: (text: string) => (told += text), isInteractive, width: 80, paintError: (_: string, text: string) => text };
  return { progress: createProgress(terminal, () => now), told: () => told, pass: (milliseconds: number) => (now += milliseconds) };
}

test('on a terminal one line is written over, and wiped in the end', () => {
  const { progress, told } = watched(true);

  progress.tell({ kind: 'found', targets: [target] });
  progress.tell({ kind: 'started', target });
  progress.clear();

  expect(told()).toBe('\r\u{1b}[2Kscanning 1 of 1: net\r\u{1b}[2K');
});

test('where nobody watches a short scan says nothing, and a long one a line now and then', () => {
  const { progress, told, pass } = watched(false);

  progress.tell({ kind: 'found', targets: [target] });
  progress.tell({ kind: 'started', target });
  pass(20_000);
  progress.seen(target, 1_000);
  progress.seen(target, 2_000);
  progress.clear();

  expect(told()).toBe('scanning 1 of 1: net, 1000 resources\n');
});
