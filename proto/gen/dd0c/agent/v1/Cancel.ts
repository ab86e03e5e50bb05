// From proto/schema/dd0c/agent/v1/control_frame.proto


export interface Cancel {
  'orderId'?: (string);
}

export interface Cancel__Output {
  'orderId': (string);
}
