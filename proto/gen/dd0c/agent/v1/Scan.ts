// From proto/schema/dd0c/agent/v1/control_frame.proto


export interface Scan {
  'stacks'?: (string)[];
}

export interface Scan__Output {
  'stacks': (string)[];
}
