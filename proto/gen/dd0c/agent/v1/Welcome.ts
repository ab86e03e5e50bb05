// From proto/schema/dd0c/agent/v1/control_frame.proto

import type { Long } from '@grpc/proto-loader';

export interface Welcome {
  'epoch'?: (number | string | Long);
  'capabilities'?: (string)[];
  'resumeAfterSeq'?: (number | string | Long);
  'heartbeatIntervalMs'?: (number);
  'windowBytes'?: (number);
  'serverTimeUnixMs'?: (number | string | Long);
}

export interface Welcome__Output {
  'epoch': (number);
  'capabilities': (string)[];
  'resumeAfterSeq': (number);
  'heartbeatIntervalMs': (number);
  'windowBytes': (number);
  'serverTimeUnixMs': (number);
}
