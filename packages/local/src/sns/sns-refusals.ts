/** What SNS refuses often. https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html */
import { AwsRefusal } from '../aws-api/aws-refusal.ts';

/** SNS's commonest refusal: code InvalidParameter, `Invalid parameter: <detail>`. */
export function invalidParameter(detail: string): AwsRefusal {
  return new AwsRefusal('InvalidParameter', `Invalid parameter: ${detail}`);
}

/** The refusal of an ARN that names nothing here, such as `Topic does not exist`. */
export function notFound(kind: 'Topic' | 'Subscription'): AwsRefusal {
  return new AwsRefusal('NotFound', `${kind} does not exist`, 404);
}
