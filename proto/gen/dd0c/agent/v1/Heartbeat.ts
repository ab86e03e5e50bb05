// From proto/schema/dd0c/agent/v1/agent_frame.proto

import type { Long } from '@grpc/proto-loader';

export interface Heartbeat {
  'sentAtUnixMs'?: (number | string | Long);
  'spoolFacts'?: (number | string | Long);
  'spoolBytes'?: (number | string | Long);
  'alerts'?: (string)[];
}

export interface Heartbeat__Output {
  'sentAtUnixMs': (number);
  'spoolFacts': (number);
  'spoolBytes': (number);
  'alerts': (string)[];
}
