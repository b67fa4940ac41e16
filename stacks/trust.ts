import type { Statement } from './statement.ts';

/** Who may take on a role: one service of AWS, and nobody else in the account. */
export function trusted(service: string, conditions?: Statement['conditions']): $util.Output<string> {
  return aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        actions: ['sts:AssumeRole'],
        principals: [{ type: 'Service', identifiers: [`${service}.amazonaws.com`] }],
        ...(conditions && { conditions }),
      },
    ],
  }).json;
}
