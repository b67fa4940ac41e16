import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type ActionContext, performAction } from './actions.ts';
import { type Faults, refusal } from './faults.ts';
import { parseQuery, type Query } from './query.ts';
import { AwsRefusal } from '../aws-api/aws-refusal.ts';
import { errorResponse, successResponse } from './xml.ts';

const MISSING_TOKEN = new AwsRefusal('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
const ACTIONS_BY_LINK = ['ConfirmSubscription', 'Unsubscribe'];

/** Answers one request of the AWS Query protocol, with the faults that a test asked for. Rejects where this stand-in is at fault. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  faults: Faults,
  context: ActionContext,
): Promise<void> {
  const respond = (status: number, xml: string) => response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  try {
    const query = await readQuery(request);
    const action = query.get('Action') ?? '';
    const fault = action === 'Publish' || action === 'PublishBatch' ? faults.takePublishFault() : undefined;
    switch (fault?.kind) {
      case 'refused':
        throw refusal(fault);
      case 'connection-dropped':
        if (fault.takesEffect) performAction(action, query, context);
        response.destroy();
        return;
      case undefined:
        respond(200, successResponse(action, performAction(action, query, context)));
    }
  } catch (error) {
    const hasCallerLeft = request.errored !== null;
    if (hasCallerLeft) return;
    if (error instanceof AwsRefusal) {
      respond(error.status, errorResponse(error));
      return;
    }
    respond(500, errorResponse(new AwsRefusal('InternalFailure', String(error), 500)));
    throw error;
  }
}

/** The SDK posts signed forms. The links in a delivery are visited without credentials, and do only what they are for. */
async function readQuery(request: IncomingMessage): Promise<Query> {
  if (request.method === 'POST') {
    const body = await text(request);
    if (request.headers.authorization === undefined) throw MISSING_TOKEN;
    return parseQuery(body);
  }
  const query = parseQuery(new URL(request.url ?? '/', 'http://127.0.0.1').search);
  if (!ACTIONS_BY_LINK.includes(query.get('Action') ?? '')) throw MISSING_TOKEN;
  return query;
}
