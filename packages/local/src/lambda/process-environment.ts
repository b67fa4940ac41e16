/** The environment variables that a handler's process starts with. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { FunctionSettings, Location } from './function-settings.ts';
import { START_VARIABLES } from './process/start-variables.ts';

/** What a process needs from the machine to start at all. */
const INHERITED = ['PATH', 'SystemRoot'];

const COMPILE_CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/trailbell-lambda', import.meta.url));

/**
 * Lambda's variables, the function's own, and nothing else of this process's environment than the path.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function processEnvironment(
  settings: FunctionSettings,
  { region }: Location,
  runtimeApi: string,
  nowMs: number,
): NodeJS.ProcessEnv {
  const day = new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '/');
  const inherited = Object.entries(process.env).filter(([name]) => INHERITED.includes(name));
  return {
    ...Object.fromEntries(inherited),
    ...settings.environment,
    TZ: ':UTC',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_ACCESS_KEY_ID: 'AKIALOCALSTANDIN0000',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    AWS_SESSION_TOKEN: 'not-a-token',
    LAMBDA_TASK_ROOT: settings.folder,
    _HANDLER: settings.handler,
    [START_VARIABLES.initTimeMs]: String(nowMs),
    [START_VARIABLES.compileCache]: COMPILE_CACHE,
  };
}
