/** A request that SNS refuses, with the code, words and HTTP status that it answers with. https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html */
export class SnsError extends Error {
  override readonly name = 'SnsError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** SNS's commonest refusal: code InvalidParameter, `Invalid parameter: <detail>`. */
export function invalidParameter(detail: string): SnsError {
  return new SnsError('InvalidParameter', `Invalid parameter: ${detail}`);
}

/** The refusal of an ARN that names nothing here, such as `Topic does not exist`. */
export function notFound(kind: 'Topic' | 'Subscription'): SnsError {
  return new SnsError('NotFound', `${kind} does not exist`, 404);
}
