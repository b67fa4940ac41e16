import { compileRules, loadRules } from '@trailbell/core/rule';

/** A rule that rings at every StopLogging, an alarm for each account. */
export const STOP_LOGGING_RULE = `
name: stopped
title: Stopped
severity: error
filterPattern: '{ $.eventName = "StopLogging" }'
groupBy: [$.recipientAccountId]
`;

export const stopLoggingRules = compileRules(loadRules([{ path: 'rules.yaml', text: STOP_LOGGING_RULE }]).rules, {
  version: 1,
});

/** A record of a StopLogging in an account. */
export function stopLogging(account: string, time: string): object {
  return {
    eventID: `${account}-${time}`,
    eventTime: time,
    eventName: 'StopLogging',
    eventSource: 'cloudtrail.amazonaws.com',
    userIdentity: { type: 'IAMUser', userName: 'ana', accountId: account },
    recipientAccountId: account,
  };
}
