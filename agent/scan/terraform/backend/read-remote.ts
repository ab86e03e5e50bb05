import { Fault } from '#proto/domain/fault.ts';
import type { ScanOptions } from '../../scanner.ts';
import { pullState } from '../live/pull-state.ts';
import type { Place } from '../locate-state.ts';
import type { Backend } from './backend.ts';
import { httpState, needsTerraform as httpNeedsTerraform } from './http.ts';
import type { RemoteState } from './remote-state.ts';
import { needsTerraform as s3NeedsTerraform, s3State } from './s3.ts';

/**
 * The state in a backend: read directly from S3 and over HTTP, else through terraform or tofu itself. Nothing is written
 * or locked.
 * @throws Fault `backend-…`, `aws-…`
 */
export function remoteState(backend: Backend, place: Place, label: string, { env, timeoutMs }: Pick<ScanOptions, 'env' | 'timeoutMs'>): RemoteState {
  const { type, unknown } = backend;
  if (type === 's3' && unknown.length === 0 && !s3NeedsTerraform(backend)) return s3State(backend, place.workspace, env);
  if (type === 'http' && !httpNeedsTerraform(backend)) {
    if (place.workspace !== 'default') throw new Fault('backend-unclear', { backend: type, workspace: place.workspace, reason: 'this backend has no workspaces' });
    return httpState(backend, env);
  }
  return { source: `${label} (backend ${type})`, read: (signal) => pullState({ backend, folder: place.folder, workspace: place.workspace, source: label, env, timeoutMs }, signal) };
}
