import { check, well, wrong, type Check } from './check.ts';
import type { EventSelectorsSeen, TrailSeen } from './seen.ts';

const HOUR_MS = 3_600_000;

/** CloudTrail delivers about every five minutes; an hour without is more than a quiet account. */
const RECENT_MS = HOUR_MS;

/** What CloudTrail records and delivers. */
export const TRAIL_CHECKS: readonly Check[] = [
  check('no-trail', 'error', ['trails'], ({ trails }, { stage }) =>
    trails.length > 0
      ? well(`${names(trails)} delivers to ${stage.logGroupName}`)
      : wrong(
          `no trail delivers to ${stage.logGroupName}`,
          'set logGroupName to the group that your trail delivers to, or let Trailbell make a trail (trail in trailbell.config.ts)',
        ),
  ),
  check('trail-twice', 'warning', ['trails'], ({ trails }) =>
    trails.length < 2
      ? undefined
      : wrong(
          `${names(trails)} deliver the same records: each is stored and read more than once`,
          'let one trail deliver to the log group',
        ),
  ),
  check('trail-one-region', 'error', ['trails'], ({ trails }) =>
    whole(
      trails,
      ({ IsMultiRegionTrail }) => IsMultiRegionTrail,
      'records every region',
      (trail) =>
        wrong(
          `${trail} records its own region only`,
          `aws cloudtrail update-trail --name ${trail} --is-multi-region-trail`,
        ),
    ),
  ),
  check('trail-without-global-events', 'error', ['trails'], ({ trails }) =>
    whole(
      trails,
      ({ IncludeGlobalServiceEvents }) => IncludeGlobalServiceEvents,
      'records global services',
      (trail) =>
        wrong(
          `${trail} leaves out IAM, STS and the other global services`,
          `aws cloudtrail update-trail --name ${trail} --include-global-service-events`,
        ),
    ),
  ),
  check('trail-of-one-account', 'warning', ['trails'], ({ trails }, { hasOtherAccounts }) => {
    if (trails.length === 0) return undefined;
    if (trails.some(({ IsOrganizationTrail }) => IsOrganizationTrail === true)) {
      return well(`${names(trails)} records every account of the organization`);
    }
    return hasOtherAccounts
      ? wrong(
          `${names(trails)} records one account, and trailbell.config.ts names others`,
          "make it an organization trail, or take the other accounts out of the configuration's routes and accounts",
        )
      : well(`${names(trails)} records one account`);
  }),
  check('trail-without-validation', 'warning', ['trails'], ({ trails }) =>
    whole(
      trails,
      ({ LogFileValidationEnabled }) => LogFileValidationEnabled,
      'has log file validation',
      (trail) =>
        wrong(
          `${trail} has no log file validation: nobody could prove that its files were not changed`,
          `aws cloudtrail update-trail --name ${trail} --enable-log-file-validation`,
        ),
    ),
  ),
  check('trail-not-logging', 'error', ['trails', 'trailStatus'], ({ trails, trailStatus }) =>
    trailStatus.IsLogging === true
      ? well(`${names(trails)} is logging`)
      : wrong(
          `${names(trails)} was stopped`,
          `aws cloudtrail start-logging --name ${trails[0]?.Name ?? 'TRAIL'}; find out who called StopLogging`,
        ),
  ),
  check('trail-delivery-fails', 'error', ['trailStatus'], ({ trailStatus }) => {
    const { LatestCloudWatchLogsDeliveryError: error } = trailStatus;
    return error === undefined || error === ''
      ? well('CloudTrail had no error when it last delivered to the log group')
      : wrong(
          `CloudTrail could not deliver to the log group: ${error}`,
          "check the trail's role (it needs logs:CreateLogStream and logs:PutLogEvents) and the key of the log group",
        );
  }),
  check('trail-not-delivering', 'error', ['trailStatus'], ({ trailStatus }, { nowMs }) => {
    const lastMs = trailStatus.LatestCloudWatchLogsDeliveryTime?.getTime();
    if (lastMs !== undefined && nowMs - lastMs <= RECENT_MS) {
      return well(`CloudTrail delivered ${Math.max(0, Math.round((nowMs - lastMs) / 60_000))} minutes ago`);
    }
    const seen =
      lastMs === undefined
        ? 'CloudTrail has never delivered to the log group'
        : `CloudTrail last delivered to the log group at ${new Date(lastMs).toISOString()}`;
    return wrong(
      seen,
      'a trail that was just made takes a quarter of an hour; otherwise see the other findings about it',
    );
  }),
  check('trail-without-management-events', 'error', ['eventSelectors'], ({ eventSelectors }) => {
    const { reads, writes } = managementEvents(eventSelectors);
    if (reads && writes) return well('the trail records management events, reads and writes');
    const missing = reads ? 'writes' : writes ? 'reads' : 'management events';
    return wrong(
      `the trail does not record ${missing}: rules about them never ring`,
      `aws cloudtrail put-event-selectors with ReadWriteType All and IncludeManagementEvents true`,
    );
  }),
  check('trail-excludes-services', 'warning', ['eventSelectors'], ({ eventSelectors }) => {
    const excluded = excludedSources(eventSelectors);
    return excluded.length === 0
      ? well('the trail leaves no service out')
      : wrong(
          `the trail leaves out ${excluded.join(' and ')}: rules about them never ring`,
          'take the exclusion out of the event selectors, or the rules about these services out of ruleFolders',
        );
  }),
];

function names(trails: readonly TrailSeen[]): string {
  return trails.map(({ Name }) => `the trail ${Name ?? '?'}`).join(' and ');
}

function whole(
  trails: readonly TrailSeen[],
  holds: (trail: TrailSeen) => boolean | undefined,
  what: string,
  otherwise: (trail: string) => ReturnType<typeof wrong>,
) {
  if (trails.length === 0) return undefined;
  return trails.some((trail) => holds(trail) === true)
    ? well(`${names(trails)} ${what}`)
    : otherwise(trails[0]?.Name ?? 'TRAIL');
}

/** Basic and advanced selectors say the same in different words; a trail without any records all management events. */
function managementEvents({ EventSelectors: basic = [], AdvancedEventSelectors: advanced = [] }: EventSelectorsSeen) {
  const kinds = [
    ...basic
      .filter(({ IncludeManagementEvents }) => IncludeManagementEvents !== false)
      .map(({ ReadWriteType = 'All' }) => ReadWriteType),
    ...advanced.flatMap(({ FieldSelectors = [] }) => {
      const equals = (field: string) => FieldSelectors.find(({ Field }) => Field === field)?.Equals;
      if (equals('eventCategory')?.includes('Management') !== true) return [];
      const readOnly = equals('readOnly')?.[0];
      return readOnly === undefined ? ['All'] : [readOnly === 'true' ? 'ReadOnly' : 'WriteOnly'];
    }),
  ];
  const isUnset = basic.length + advanced.length === 0;
  return {
    reads: isUnset || kinds.some((kind) => kind === 'All' || kind === 'ReadOnly'),
    writes: isUnset || kinds.some((kind) => kind === 'All' || kind === 'WriteOnly'),
  };
}

function excludedSources({ EventSelectors: basic = [], AdvancedEventSelectors: advanced = [] }: EventSelectorsSeen) {
  return [
    ...new Set([
      ...basic.flatMap(({ ExcludeManagementEventSources = [] }) => ExcludeManagementEventSources),
      ...advanced.flatMap(({ FieldSelectors = [] }) =>
        FieldSelectors.filter(({ Field }) => Field === 'eventSource').flatMap(({ NotEquals = [] }) => NotEquals),
      ),
    ]),
  ];
}
