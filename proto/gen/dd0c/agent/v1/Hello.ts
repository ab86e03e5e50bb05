// From proto/schema/dd0c/agent/v1/agent_frame.proto

import type { Long } from '@grpc/proto-loader';

export interface Hello {
  'agentVersion'?: (string);
  'capabilities'?: (string)[];
  'spoolId'?: (string);
  'lastSeq'?: (number | string | Long);
  'hostname'?: (string);
  'os'?: (string);
  'arch'?: (string);
  'draining'?: (boolean);
  'trust'?: (Buffer | Uint8Array | string);
}

export interface Hello__Output {
  'agentVersion': (string);
  'capabilities': (string)[];
  'spoolId': (string);
  'lastSeq': (number);
  'hostname': (string);
  'os': (string);
  'arch': (string);
  'draining': (boolean);
  'trust': (Buffer);
}
