/** Why we do not agree with some tests of a peer's rule, by the name of that rule. */
export const PEER_REASONS: Readonly<Record<string, string>> = {
  'AWS.CloudTrail.LoginProfileCreatedOrModified':
    'The peer leaves out users who set their own password. That takes a comparison of two fields of a record, which the pattern language does not have.',
  'AWS.CloudTrail.Stopped': 'The benchmark counts that a trail is started, and so does our rule for it.',
  'AWS.Console.LoginWithoutMFA':
    'One test has an IAM user who signs in through SAML, which AWS does not do. The other leaves out users who are new, which takes a memory of users.',
  'AWS.Console.Sign-In':
    'A sign-in to the portal is not an alarm by itself; the peer uses it as one part of a sequence of events.',
  'AWS.EC2.LaunchUnusualEC2Instances':
    'The events are started by a scaling group. Ours counts what a principal starts by hand: a group that is made for graphics cards would ring all day.',
  'AWS.EC2.ManualSecurityGroupChange':
    'The peer leaves out Terraform by its user agent. The benchmark counts every change; ours is told quietly, and a role that deploys gets an exception.',
  'AWS.EC2.Monitoring': 'The event has invokedBy with the value null, which CloudTrail does not write.',
  'AWS.EC2.Vulnerable.XZ.Image.Launched':
    'A list of images of one incident in 2024, which is not worth a rule any more.',
  'AWS.ECR.CRUD':
    'Needs the list of accounts, users and regions that may push images, which is yours: write it in rules/own.',
  'AWS.CloudTrail.IAMAssumeRoleBlacklistIgnored':
    'Needs the list of roles that nobody should take, which is yours: write it in rules/own.',
  'AWS.IAM.Backdoor.User.Keys':
    'The peer compares the caller with the user who gets the key. The pattern language cannot compare two fields of a record.',
  'AWS.IAMUser.ReconAccessDenied':
    'The peer leaves out refusals in the console. Ours counts ten of one principal, and a person who clicks does not get that many.',
  'AWS.LAMBDA.CRUD': 'Needs the list of users who may delete functions, which is yours: give them an exception.',
  'AWS.CloudTrail.ResourceMadePublic':
    'The events hold policies of KMS, SQS and the search service as objects. CloudTrail writes them as text, and our rules read that.',
  'AWS.Root.Activity':
    'The peer leaves out some calls of root, reads, and sign-ins that fail. The benchmark counts every use, and so do we.',
  'AWS.S3.BucketDeleted': 'The event has an empty errorCode. CloudTrail leaves the field out where a call succeeds.',
  'AWS.S3.CopyObject.CrossAccount.Encryption.KMS':
    'The peer compares the account of the key with that of the bucket. Ours cannot, and rings when fifty objects are copied.',
  'AWS.UnusedRegion': 'Needs the list of regions that you use: write it in rules/own.',
  'AWS.User.Login.Profile.Modified':
    'The peer leaves out users who set their own password. That takes a comparison of two fields of a record, which the pattern language does not have.',
  'AWS.CloudTrail.VPCE.ExternalPrincipal':
    "The peer compares the principal's account with that of the endpoint. The pattern language cannot compare two fields of a record.",
  'AWS.CloudTrail.VPCE.S3ExternalIP':
    'Needs the addresses of your networks: write it in rules/own, with a list of values.',
  'Role.Assumed.by.AWS.Service':
    'AWS services take roles all day. The peer uses it as one part of a sequence of events.',
  'Sign-in.with.AWS.CLI.prompt':
    'A list of applications is asked for at every sign-in. The peer uses it as one part of a sequence; device-code-sign-in rings for what follows.',
  'Standard.ImpossibleTravel.Login':
    'Needs a memory of where somebody signed in before. The sign-in without MFA rings here for its own sake.',
  cloudtrail_put_object_acl_public: 'The peer leaves out one bucket of its own by name: give yours an exception.',
  'AWS SAML Provider Deletion Activity':
    'The test that expects nothing makes a provider. Ours rings for that too: a new provider can be a way in.',
  'AWS IAM Backdoor Users Keys':
    'The peer compares the caller with the user who gets the key. The pattern language cannot compare two fields of a record.',
  'AWS User Login Profile Was Modified':
    'The peer compares the caller with the user whose password is set. The pattern language cannot compare two fields of a record.',
};
