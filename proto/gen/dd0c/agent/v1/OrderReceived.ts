// From proto/schema/dd0c/agent/v1/agent_frame.proto


export interface OrderReceived {
  'orderId'?: (string);
}

export interface OrderReceived__Output {
  'orderId': (string);
}
