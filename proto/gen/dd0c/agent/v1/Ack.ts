// From proto/schema/dd0c/agent/v1/control_frame.proto

import type { Long } from '@grpc/proto-loader';

export interface Ack {
  'throughSeq'?: (number | string | Long);
}

export interface Ack__Output {
  'throughSeq': (number);
}
