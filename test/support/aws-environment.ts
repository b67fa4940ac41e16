import { onTestFinished, vi } from 'vitest';
import { REGION } from './healthy-account.ts';

/**
 * Until the test is over the AWS SDK finds its APIs on this machine, and credentials for them, in this process and in those that it
 * starts.
 *
 * @param more other variables, such as the endpoint of one service
 */
export function stubAwsEnvironment(endpoint: string, more: Readonly<Record<string, string>> = {}): void {
  stubEnvironment({
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: REGION,
    ...more,
  });
}

/** Until the test is over there are no credentials, whatever else the machine has. */
export function stubNoCredentials(): void {
  stubEnvironment({
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_PROFILE: undefined,
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
}

function stubEnvironment(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}
