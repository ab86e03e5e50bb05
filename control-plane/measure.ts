import { asFault } from '#proto/domain/fault.ts';
import type { Enrolment } from './fleet/enrolment.ts';
import type { Metrics } from './http/metrics.ts';
import type { Ingest, Outcome } from './ingest/ingest.ts';

/** Counts what became of reports. */
export function countOutcomes(metrics: Pick<Metrics, 'reportIngested' | 'reportRejected'>): (outcome: Outcome) => void {
  return (outcome) => {
    if (outcome.kind === 'recorded') metrics.reportIngested(outcome.findings);
    else metrics.reportRejected(outcome.code);
  };
}

/** The same ingest, with the facts of each committed batch counted. */
export function countFacts(ingest: Ingest, { factsIngested }: Pick<Metrics, 'factsIngested'>): Ingest {
  return {
    claim: (session) => ingest.claim(session),
    claimWithin: (tx, sessions) => ingest.claimWithin(tx, sessions),
    async accept(session, facts) {
      const accepted = await ingest.accept(session, facts);
      factsIngested(facts.length);
      return accepted;
    },
  };
}

/** The same enrolment, with its results counted. */
export function countEnrolments(enrolment: Enrolment, { enrolmentAsked }: Pick<Metrics, 'enrolmentAsked'>): Enrolment {
  return {
    async enrol(applicant) {
      try {
        const enrolled = await enrolment.enrol(applicant);
        enrolmentAsked('enrolled');
        return enrolled;
      } catch (error) {
        enrolmentAsked(asFault(error).code);
        throw error;
      }
    },
  };
}
