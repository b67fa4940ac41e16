import { createHash, createSign } from 'node:crypto';
import type { ClientRequestArgs } from 'node:http';
import { Agent, createServer } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { listenOnLoopback, stopServer } from './loopback.ts';

/** `1` is SHA1withRSA and SNS's default, `2` is SHA256withRSA. https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
export type SignatureVersion = '1' | '2';

/** The key that signs what SNS delivers, and the certificate by which a receiver checks it. */
export interface SigningCertificate {
  /** `https://sns.<region>.amazonaws.com/SimpleNotificationService-<32 hex>.pem`, which validators accept as SNS's own. */
  readonly url: string;
  /** Requests through this agent reach {@link SigningCertificate.url} over TLS on this machine, and nothing else. */
  readonly agent: Agent;
  /** The base64 signature of `text`. */
  sign(text: string, version: SignatureVersion): string;
  stop(): Promise<void>;
}

/** RSA keys take long to make, and nobody needs two: one a process. */
let signingKey: ReturnType<typeof generateSigningKey> | undefined;

/** Serves the certificate under the name of SNS's host, on a port of 127.0.0.1. */
export async function startSigningCertificate(region: string): Promise<SigningCertificate> {
  const host = `sns.${region}.amazonaws.com`;
  const signing = await (signingKey ??= generateSigningKey());
  const tls = await generate([{ name: 'commonName', value: host }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
  });
  const path = `/SimpleNotificationService-${createHash('md5').update(signing.cert).digest('hex')}.pem`;
  const server = createServer({ key: tls.private, cert: tls.cert }, (request, response) => {
    if (request.url === path) response.end(signing.cert);
    else response.writeHead(404).end();
  });
  const agent = new LoopbackAgent(await listenOnLoopback(server), tls.cert);
  return {
    url: `https://${host}${path}`,
    agent,
    sign: (text, version) =>
      createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
        .update(text)
        .sign(signing.private, 'base64'),
    stop: async () => {
      agent.destroy();
      await stopServer(server);
    },
  };
}

function generateSigningKey(): ReturnType<typeof generate> {
  return generate([{ name: 'commonName', value: 'sns.amazonaws.com' }], {
    keyType: 'rsa',
    keySize: 2048,
    algorithm: 'sha256',
  });
}

/** Leads every host name to one local TLS server. The name is still checked against the certificate, so another host fails. */
class LoopbackAgent extends Agent {
  readonly #port: number;
  readonly #authority: string;

  constructor(port: number, authority: string) {
    super();
    this.#port = port;
    this.#authority = authority;
  }

  override createConnection(options: ClientRequestArgs): TLSSocket {
    const servername = options.hostname ?? options.host ?? '';
    return connect({ host: '127.0.0.1', port: this.#port, servername, ca: this.#authority });
  }
}
