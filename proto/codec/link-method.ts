import type { AgentFrame, ControlFrame } from '#proto/domain/frame.ts';
import { decodeAgentFrame, encodeAgentFrame, type SendableFrame } from './agent-frame.ts';
import { decodeControlFrame, encodeControlFrame } from './control-frame.ts';
import { receive, type Received } from './received.ts';
import { AgentService } from './services.ts';

const wire = AgentService.service.Connect;

/** `dd0c.agent.v1.AgentService/Connect` as the agent calls it. */
export const linkClientMethod = {
  path: wire.path,
  serialize: (frame: SendableFrame): Buffer => wire.requestSerialize(encodeAgentFrame(frame)),
  deserialize: (bytes: Buffer): Received<ControlFrame> => receive(bytes, wire.responseDeserialize, decodeControlFrame),
};

/** The same as the control plane serves it. */
export const linkServerMethod = {
  ...wire,
  requestDeserialize: (bytes: Buffer): Received<AgentFrame> => receive(bytes, wire.requestDeserialize, decodeAgentFrame),
  responseSerialize: (frame: ControlFrame): Buffer => wire.responseSerialize(encodeControlFrame(frame)),
};
