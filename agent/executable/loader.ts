import { createRequire, registerHooks } from 'node:module';
import { getAsset, getAssetKeys } from 'node:sea';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { launchArgument, launchPart } from '#sandbox/launch/plan.ts';

/**
 * The first lines of the executable. The agent lies in it in parts, and a part is compiled when it is first imported, so
 * that `--version` does not pay for gRPC. A module injected by `--build-sea` cannot import another by itself; a module
 * loaded by `require` can, and these hooks hand it the parts. Their addresses lie below the executable's own path, where
 * no file can be. Started by itself as the launcher of a step, it loads nothing but that.
 */
const inside = pathToFileURL(`${process.execPath}/`).href;
const parts = new Map(getAssetKeys().map((name) => [`./${name}`, new URL(name, inside).href]));

registerHooks({
  resolve(specifier, context, next) {
    const url = parts.get(specifier);
    return url === undefined ? next(specifier, context) : { url, format: 'module', shortCircuit: true };
  },
  load(url, context, next) {
    if (!url.startsWith(inside)) return next(url, context);
    return { source: getAsset(url.slice(inside.length), 'utf8'), format: 'module', shortCircuit: true };
  },
});

if (process.argv[2] === launchArgument) compileFunction(getAsset(launchPart, 'utf8'), ['require'])(createRequire(inside));
else createRequire(inside)('./main.mjs');
