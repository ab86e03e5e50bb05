import { Fault } from '#proto/domain/fault.ts';
import type { JoinKind } from '#proto/domain/attestation.ts';
import type { Environment } from '../../config/environment.ts';
import { createAwsVoucher } from '../../identity/aws-voucher.ts';
import { createKubernetesVoucher } from '../../identity/kubernetes-voucher.ts';
import type { Voucher } from '../../identity/voucher.ts';

interface Wanted {
  readonly join: JoinKind;
  readonly policy?: string;
  readonly tokenFile?: string;
  readonly kubernetesTokenFile?: string;
}

/** Any will do that the account uses; this one is in every account outside of China and the government. */
const usualRegion = 'us-east-1';

/**
 * Who vouches for this host.
 * @throws Fault `usage`
 */
export function voucherFor({ join, policy, tokenFile, kubernetesTokenFile }: Wanted, env: Environment): Voucher {
  if (policy === undefined) throw new Fault('usage', { option: '--policy', expected: 'the id of a join policy, see `dd0c joins list`' });
  if (tokenFile !== undefined) throw new Fault('usage', { option: '--token-file', reason: 'with --join there is no join token' });
  if (join === 'kubernetes') return createKubernetesVoucher({ policy, file: kubernetesTokenFile });
  return createAwsVoucher({ policy, region: env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? usualRegion });
}
