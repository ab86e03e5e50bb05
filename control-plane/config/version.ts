import manifest from '../../package.json' with { type: 'json' };

/** The version of the server and of the operator's CLI: they are released together. */
export const version: string = manifest.version;
