// From proto/schema/dd0c/agent/v1/agent_frame.proto

import type { Long } from '@grpc/proto-loader';

export interface StepStarted {
  'orderId'?: (string);
  'startedAtUnixMs'?: (number | string | Long);
}

export interface StepStarted__Output {
  'orderId': (string);
  'startedAtUnixMs': (number);
}
