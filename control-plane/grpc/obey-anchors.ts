import { Fault } from '#proto/domain/fault.ts';
import type { Anchors } from '../fleet/issuer.ts';
import type { LiveSessions } from './live-sessions.ts';

/** After a change of whom to believe: ends the streams of certificates that are good no more, and offers the others the new roots. */
export function obeyAnchors(live: Pick<LiveSessions, 'all'>, anchors: Pick<Anchors, 'accepts'>): void {
  for (const session of live.all()) {
    if (anchors.accepts(session.issuer)) session.entrust();
    else session.cut(new Fault('certificate-retired'));
  }
}
