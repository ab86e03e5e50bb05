import type { Reporter, TestModule } from 'vitest/node';

/** Ends every run with `N passed, N failed, N skipped`, after naming each suite that could not run and why. */
// oxlint-disable-next-line import/no-default-export -- vitest loads reporters by default export
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const absent = new Set(
      modules.flatMap((module) => [...module.children.allSuites()]).map((suite) => suite.name.match(/ \[not run: .+\]$/)?.[0]),
    );

    for (const reason of absent) if (reason !== undefined) process.stdout.write(`not run here:${reason}\n`);
    process.stdout.write(`\n${count('passed')} passed, ${count('failed') + broken + errors.length} failed, ${count('skipped')} skipped\n`);
  }
}
