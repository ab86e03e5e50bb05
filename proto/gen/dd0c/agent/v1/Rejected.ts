// From proto/schema/dd0c/agent/v1/control_frame.proto

import type { Long } from '@grpc/proto-loader';

export interface Rejected {
  'seq'?: (number | string | Long);
  'code'?: (string);
  'message'?: (string);
}

export interface Rejected__Output {
  'seq': (number);
  'code': (string);
  'message': (string);
}
