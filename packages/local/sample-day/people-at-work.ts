import type { Actor, Place } from './actor.ts';
import { signIn } from './call-details.ts';
import { PEOPLE, SECURITY, browserAt, person, type WorkPlace, type PermissionSet, type Person } from './cast.ts';
import { createRandom } from './random.ts';
import { onTheDay, type Call } from './record.ts';

/** Identity Center keeps its users and its trail in the security account. */
function identityCenterUser(who: Person, place: Place): Actor {
  const { userId } = PEOPLE[who];
  const onBehalfOf = { userId, identityStoreArn: `arn:aws:identitystore::${SECURITY}:identitystore/d-936example` };
  const credentialId = createRandom(`credential ${who}`).uuid();
  return {
    accountId: SECURITY,
    sourceIPAddress: place.sourceIPAddress,
    userAgent: place.userAgent,
    inConsole: false,
    identity: { type: 'IdentityCenterUser', accountId: SECURITY, onBehalfOf, credentialId },
  };
}

/** One sitting of one person in one account. */
export interface Shift {
  readonly who: Person;
  readonly permissionSet: PermissionSet;
  readonly accountId: string;
  /** HH:MM: signs in within this minute, and works from the next one on. */
  readonly at: string;
  readonly place: WorkPlace;
  /** Calls one to two minutes apart, in order. */
  readonly does: readonly Omit<Call, 'at' | 'by'>[];
}

/** From the portal into one account: by Federate and ConsoleLogin in a browser, by GetRoleCredentials in a terminal. */
export function workShift({ who, permissionSet, accountId, at, place, does }: Shift): readonly Call[] {
  const by = person(who, permissionSet, accountId, `${at}:40`, place);
  const portal = identityCenterUser(who, place);
  const grant = { role_name: permissionSet, account_id: accountId };
  const random = createRandom(`${who} ${at}`);
  const secondsAfter = (seconds: number) =>
    new Date(Date.parse(onTheDay(`${at}:00`)) + seconds * 1000).toISOString().slice(11, 19);
  const entry: readonly Call[] = place.inConsole
    ? [
        {
          at: secondsAfter(38),
          by: portal,
          action: 'sso:Federate',
          fields: { ...serviceEvent, serviceEventDetails: grant },
        },
        { at: secondsAfter(40), by, region: 'eu-west-1', ...signIn('Success', 'No') },
      ]
    : [{ at: secondsAfter(38), by: portal, action: 'sso:GetRoleCredentials', request: grant }];
  return [
    ...portalSignIn(identityCenterUser(who, browserAt(place.sourceIPAddress)), `${who} ${at}`, (seconds) =>
      secondsAfter(seconds + 12),
    ),
    ...entry,
    ...does.map((call, index) => ({ ...call, at: secondsAfter(60 + index * 70 + random.integer(0, 49)), by })),
  ];
}

const serviceEvent = { eventType: 'AwsServiceEvent', readOnly: false, requestID: undefined, tlsDetails: undefined };

/** The portal asks for the password and the second factor: the MFA that the later ConsoleLogin does not know of. */
function portalSignIn(by: Actor, session: string, at: (seconds: number) => string): readonly Call[] {
  const AuthWorkflowID = createRandom(session).uuid();
  const step = (seconds: number, eventName: string, CredentialType: string): Call => ({
    at: at(seconds),
    by,
    action: `signin:${eventName}`,
    region: 'eu-west-1',
    fields: {
      ...serviceEvent,
      additionalEventData: { AuthWorkflowID, CredentialType },
      serviceEventDetails: { [eventName]: 'Success' },
    },
  });
  return [
    step(0, 'CredentialVerification', 'PASSWORD'),
    step(6, 'CredentialVerification', 'WEBAUTHN'),
    step(7, 'UserAuthentication', 'PASSWORD,WEBAUTHN'),
  ];
}
