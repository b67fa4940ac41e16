import { ALARM_TABLE } from '../alarm/alarm-table.ts';
import { check, well, wrong, type Check } from './check.ts';

/** The alarm table. */
export const TABLE_CHECKS: readonly Check[] = [
  check('no-table', 'error', ['table'], ({ table }) => {
    if (table === undefined) return wrong('the alarm table is gone: nothing is counted', 'deploy again');
    const { TableStatus = '?' } = table;
    return TableStatus === 'ACTIVE' || TableStatus === 'UPDATING'
      ? well('the alarm table is active')
      : wrong(
          `the alarm table is ${TableStatus}`,
          'where its key cannot be reached, enable the key; otherwise wait, or deploy again',
        );
  }),
  check('no-due-index', 'error', ['table'], ({ table }) => {
    if (table === undefined) return undefined;
    const { name } = ALARM_TABLE.dueIndex;
    const index = table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
    return index?.IndexStatus === 'ACTIVE' || index?.IndexStatus === 'UPDATING'
      ? well(`the index ${name} is active`)
      : wrong(
          `the index ${name} is ${index?.IndexStatus ?? 'missing'}: the reconciler finds nothing, incidents stay open`,
          'an index that is being made takes minutes; otherwise deploy again',
        );
  }),
  check('table-without-recovery', 'warning', ['table', 'pointInTimeRecovery'], ({ table, pointInTimeRecovery }) => {
    if (table === undefined) return undefined;
    return pointInTimeRecovery === 'ENABLED'
      ? well('the alarm table has point-in-time recovery')
      : wrong('the alarm table has no point-in-time recovery: what is deleted by mistake is gone', 'deploy again');
  }),
  check('table-without-expiry', 'warning', ['table', 'timeToLive'], ({ table, timeToLive }) => {
    if (table === undefined) return undefined;
    const isOn = timeToLive.TimeToLiveStatus === 'ENABLED' || timeToLive.TimeToLiveStatus === 'ENABLING';
    return isOn && timeToLive.AttributeName === ALARM_TABLE.ttl
      ? well('quiet alarms expire from the table')
      : wrong(`time to live by ${ALARM_TABLE.ttl} is off: quiet alarms stay in the table for ever`, 'deploy again');
  }),
];
