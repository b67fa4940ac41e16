import { assumedRole, exampleId, iamUser, iamUserInConsole, rootUser, type Place, type RoleSession } from './actor.ts';
import { createRandom } from './random.ts';
import { onTheDay } from './record.ts';

/** A small ferry company: bookings run in production, ideas in staging, and the trail is kept in security. */
export const PRODUCTION = '111122223333';
export const STAGING = '444455556666';
export const SECURITY = '777788889999';

/** The account of the vendor that scans the company's accounts. */
export const SCANNER_VENDOR = '123456789012';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0';
const CHROME =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36';
const CLI =
  'aws-cli/2.24.7 md/awscrt#0.23.8 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.9 cfg/retry-mode#standard';
const TERRAFORM =
  'APN/1.0 HashiCorp/1.0 Terraform/1.11.1 (+https://www.terraform.io) terraform-provider-aws/5.90.0 aws-sdk-go-v2/1.36.3';

/** Where calls come from, in the ranges that are kept for documentation. */
export const ADDRESSES = {
  office: '192.0.2.10',
  tomasAtHome: '198.51.100.23',
  anaAtHome: '198.51.100.57',
  oduyaAtHome: '203.0.113.18',
  buildMachine: '198.51.100.140',
  stranger: '203.0.113.77',
} as const;

type Address = (typeof ADDRESSES)[keyof typeof ADDRESSES];

/** A place of somebody we know. */
export type WorkPlace = Place & { readonly sourceIPAddress: Address };

/** Clicking in the console. */
export function browserAt(sourceIPAddress: Address): WorkPlace {
  return { sourceIPAddress, userAgent: sourceIPAddress === ADDRESSES.office ? CHROME : FIREFOX, inConsole: true };
}

/** Typing AWS CLI commands. */
export function terminalAt(sourceIPAddress: Address): WorkPlace {
  return { sourceIPAddress, userAgent: CLI };
}

/** Applying Terraform. */
export function terraformAt(sourceIPAddress: Address): WorkPlace {
  return { sourceIPAddress, userAgent: TERRAFORM };
}

/** People come in through Identity Center: a permission set is a role, their e-mail the session's name. */
export const PEOPLE = {
  priya: { email: 'priya.raman@example.com', userId: '9267a4c8-20d1-7045-b8e3-51f0c6a7d912' },
  tomas: { email: 'tomas.eklund@example.com', userId: '12c5d4a4-b091-70b6-4d51-e8f927ca6043' },
  ana: { email: 'ana.sousa@example.com', userId: 'e2f5a494-7061-7067-a31c-0d8b45f9c27e' },
  kofi: { email: 'kofi.mensah@example.com', userId: '52a5c4d4-c0e1-7079-92fa-6b1d83e7f045' },
  lena: { email: 'lena.vogt@example.com', userId: 'b285b4f4-1011-70c3-5e8a-f74c20d96ab1' },
  jun: { email: 'jun.sato@example.com', userId: '72e53484-d0a1-7018-c6b9-3e95fa8d0472' },
} as const;

export type Person = keyof typeof PEOPLE;
export type PermissionSet = 'AdministratorAccess' | 'PowerUserAccess' | 'ReadOnlyAccess' | 'SecurityAudit' | 'Billing';

/** The name of the role that Identity Center keeps for a permission set in an account. */
function permissionSetRole(permissionSet: PermissionSet, accountId: string): string {
  return `AWSReservedSSO_${permissionSet}_${createRandom(`${permissionSet} ${accountId}`).hex(16)}`;
}

/** A person at work in an account since a time of day. */
export function person(
  who: Person,
  permissionSet: PermissionSet,
  accountId: string,
  since: string,
  place: Place,
): RoleSession {
  return assumedRole({
    accountId,
    role: permissionSetRole(permissionSet, accountId),
    rolePath: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    sessionName: PEOPLE[who].email,
    startedAt: onTheDay(since),
    place,
  });
}

/** The IAM user of a colleague who has been here longer than Identity Center: a password, no MFA. */
export const oduya = {
  signingIn: (place: Place) => iamUser(PRODUCTION, 'm.oduya', place),
  inConsole: (place: Place, since: string) => iamUserInConsole(PRODUCTION, 'm.oduya', place, onTheDay(since)),
};

/** The build machine's IAM user: one access key, many years old. */
export const ciDeployer = iamUser(
  PRODUCTION,
  'ci-deployer',
  terminalAt(ADDRESSES.buildMachine),
  exampleId('AKIA', 20, 'ci-deployer'),
);

export const root = {
  signingIn: (accountId: string, place: Place) => rootUser(accountId, place),
  inConsole: (accountId: string, place: Place, since: string) => rootUser(accountId, place, onTheDay(since)),
};
