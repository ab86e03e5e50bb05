// From proto/schema/dd0c/agent/v1/agent_frame.proto

import type { Long } from '@grpc/proto-loader';

export interface ReportBegin {
  'reportId'?: (string);
  'chunks'?: (number);
  'totalBytes'?: (number | string | Long);
}

export interface ReportBegin__Output {
  'reportId': (string);
  'chunks': (number);
  'totalBytes': (number);
}
