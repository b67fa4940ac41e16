import type { AwsCall } from './aws-call.ts';

/** Lambda's paths, as far as something here asks for them. https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
const ROUTES: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ['GET', /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/configuration$/, 'GetFunctionConfiguration'],
  ['GET', /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/policy$/, 'GetPolicy'],
  ['GET', /^\/2019-09-30\/functions\/(?<FunctionName>[^/]+)\/concurrency$/, 'GetFunctionConcurrency'],
  ['GET', /^\/2019-09-25\/functions\/(?<FunctionName>[^/]+)\/event-invoke-config$/, 'GetFunctionEventInvokeConfig'],
  ['GET', /^\/2015-03-31\/event-source-mappings\/?$/, 'ListEventSourceMappings'],
  ['GET', /^\/2016-08-19\/account-settings\/?$/, 'GetAccountSettings'],
];

/** The call that a request to Lambda's API is; undefined where it is none that is known here. */
export function lambdaCall(method: string, url: URL): AwsCall | undefined {
  for (const [expected, path, operation] of ROUTES) {
    const found = method === expected ? path.exec(url.pathname) : null;
    if (found === null) continue;
    const fromPath = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    const input = { ...Object.fromEntries(url.searchParams), ...Object.fromEntries(fromPath) } as Record<
      string,
      string
    >;
    return { action: `lambda:${operation}`, input };
  }
  return undefined;
}
