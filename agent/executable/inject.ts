import { chmod, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import type { Bundle } from './bundle.ts';

export interface Injection {
  readonly bundle: Pick<Bundle, 'loader' | 'parts'>;
  /** The Node that carries it. */
  readonly node: string;
  readonly output: string;
  /** Where the instructions for Node are written. */
  readonly configFile: string;
}

/** Puts the agent into a Node. The result takes neither options nor code from the environment (`execArgvExtension`). */
export async function inject({ bundle, node, output, configFile }: Injection): Promise<void> {
  const config = {
    main: bundle.loader,
    mainFormat: 'module',
    executable: node,
    output,
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: false, // another platform could not use it
    assets: bundle.parts,
    execArgv: ['--disable-sigusr1'], // no debugger, from the first moment
    execArgvExtension: 'none',
  };
  await writeFile(configFile, JSON.stringify(config, null, 2));
  await execa(process.execPath, [`--build-sea=${configFile}`]);
  await chmod(output, 0o755);
}
