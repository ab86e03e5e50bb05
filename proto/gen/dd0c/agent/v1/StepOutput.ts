// From proto/schema/dd0c/agent/v1/agent_frame.proto

import type { Long } from '@grpc/proto-loader';

export interface StepOutput {
  'orderId'?: (string);
  'index'?: (number);
  'isError'?: (boolean);
  'atMs'?: (number | string | Long);
  'data'?: (Buffer | Uint8Array | string);
}

export interface StepOutput__Output {
  'orderId': (string);
  'index': (number);
  'isError': (boolean);
  'atMs': (number);
  'data': (Buffer);
}
