/** What a failed call of an AWS API comes to, for whoever made it. */
export type AwsFailure =
  /** The credentials are missing, expired or not known, or no region is set: no call can succeed. */
  | { readonly kind: 'no-access'; readonly why: string }
  /** The credentials may not make this call. */
  | { readonly kind: 'denied' }
  /** What the call is about is not there. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'failed'; readonly why: string };

const DENIED = [
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'KMSAccessDenied',
];

const NOT_FOUND = [
  'ResourceNotFoundException',
  'NotFoundException',
  'NotFound',
  'TrailNotFoundException',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'TableNotFoundException',
];

const NO_ACCESS = [
  'CredentialsProviderError',
  'TokenProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
];

/** Sorts an error of the SDK; throws one that is none of its. */
export function awsFailure(error: unknown): AwsFailure {
  if (!(error instanceof Error)) throw error;
  const { name, message } = error;
  if (NO_ACCESS.includes(name) || message === 'Region is missing') return { kind: 'no-access', why: message };
  if (DENIED.includes(name)) return { kind: 'denied' };
  if (NOT_FOUND.includes(name)) return { kind: 'not-found' };
  if (error instanceof TypeError || error instanceof ReferenceError) throw error;
  return { kind: 'failed', why: `${name}: ${message}` };
}

/** How to come by credentials and a region, for those that have none. */
export function noAccess(why: string): readonly string[] {
  return [
    `AWS cannot be asked: ${why}`,
    'Set credentials and a region: AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_REGION, as for the AWS CLI.',
    '`aws sts get-caller-identity` must work in the same shell.',
  ];
}
