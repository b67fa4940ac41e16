import { isAwsServiceHost } from './source-ip.ts';
import { plainText } from './plain-text.ts';

/** Tools first: where a tool names itself beside the SDK that it is built with, the tool is what a reader looks for. */
const TOOLS = [/^(terraform|opentofu|pulumi|ansible|aws-cdk|cdk|serverless|packer|crossplane|kubectl)$/i, /^aws-cli$/i];
const SDKS = [/^aws-sdk-[\w-]+$/i, /^(boto3|botocore|aws-powershell[\w-]*|awspowershell[\w.]*|aws-internal)$/i];

const MAX_LENGTH = 80;
/** CloudTrail cuts user agents at 1 KB. */
const MAX_READ = 2048;

/** What called, in a few words: `Console`, `aws-cli/2.15`, `Terraform/1.1 aws-sdk-go/1.42`, the host of an AWS service. */
export function shortUserAgent(userAgent: string): string {
  const text = userAgent
    .slice(0, MAX_READ)
    .replace(/^\[(.*)\]$/s, '$1')
    .trim();
  if (isConsole(text)) return 'Console';
  if (isAwsServiceHost(text)) return plainText(text, MAX_LENGTH);
  const browser = browserOf(text);
  if (browser !== undefined) return browser;
  const products = productsOf(text);
  const known = [...pick(products, TOOLS), ...pick(products, SDKS)].slice(0, 2);
  const called = known.length > 0 ? known.map(nameAndVersion).join(' ') : plainText(text, MAX_LENGTH);
  const place = environmentOf(text);
  return plainText(place === undefined ? called : `${called} in ${place}`, MAX_LENGTH);
}

interface Product {
  readonly name: string;
  readonly version: string;
}

function isConsole(text: string): boolean {
  return /^(console|signin)(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/i.test(text) || /^[\w ]{0,40}Console\b/.test(text);
}

/** Every browser claims to be others as well: the rarer names come first. */
const BROWSERS: readonly (readonly [token: RegExp, name: string])[] = [
  [/\bEdg\/(\d{1,4})/, 'Edge'],
  [/\bOPR\/(\d{1,4})/, 'Opera'],
  [/\bFirefox\/(\d{1,4})/, 'Firefox'],
  [/\bChrome\/(\d{1,4})/, 'Chrome'],
  [/\bVersion\/(\d{1,4})/, 'Safari'],
];

function browserOf(text: string): string | undefined {
  if (!text.startsWith('Mozilla/')) return undefined;
  for (const [token, name] of BROWSERS) {
    const version = token.exec(text)?.[1];
    if (version !== undefined) return `Browser (${name} ${version})`;
  }
  return 'Browser';
}

function productsOf(text: string): readonly Product[] {
  return Array.from(text.matchAll(/(?:^|[\s,[(])([A-Za-z][\w.-]{0,40})\/v?(\d[\w.+-]{0,20})/g), (match) => ({
    name: match[1] ?? '',
    version: match[2] ?? '',
  }));
}

function pick(products: readonly Product[], names: readonly RegExp[]): readonly Product[] {
  return names.flatMap((name) => products.filter((product) => name.test(product.name)).slice(0, 1));
}

function nameAndVersion({ name, version }: Product): string {
  return `${name}/${/^\d+(\.\d+)?/.exec(version)?.[0] ?? version}`;
}

/** AWS's own run-time environments, as the SDKs report them. */
function environmentOf(text: string): string | undefined {
  const environment = /\bexec-env\/(\w{1,40})/.exec(text)?.[1];
  if (environment === undefined) return undefined;
  if (environment.startsWith('AWS_Lambda')) return 'Lambda';
  if (environment.startsWith('AWS_ECS')) return 'ECS';
  return environment;
}
