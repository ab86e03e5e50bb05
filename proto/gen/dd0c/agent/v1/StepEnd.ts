// From proto/schema/dd0c/agent/v1/agent_frame.proto


export interface StepEnd {
  'orderId'?: (string);
  'result'?: (Buffer | Uint8Array | string);
}

export interface StepEnd__Output {
  'orderId': (string);
  'result': (Buffer);
}
