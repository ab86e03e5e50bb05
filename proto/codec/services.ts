import { loadPackageDefinition } from '@grpc/grpc-js';
import { loadFileDescriptorSetFromBuffer, type Options } from '@grpc/proto-loader';
import { descriptorSet } from '../gen/descriptor-set.ts';
import type { ProtoGrpcType as AgentPackage } from '../gen/agent_service.ts';
import type { ProtoGrpcType as EnrollPackage } from '../gen/enrollment_service.ts';

/** As the types in gen/ were generated; the two must agree. */
const options: Options = { longs: Number, enums: String, bytes: Buffer, defaults: true, arrays: true, oneofs: true };

const loaded = loadPackageDefinition(
  loadFileDescriptorSetFromBuffer(Buffer.from(descriptorSet, 'base64'), options),
) as unknown as AgentPackage & EnrollPackage;

export const AgentService = loaded.dd0c.agent.v1.AgentService;
export const EnrollmentService = loaded.dd0c.enroll.v1.EnrollmentService;
