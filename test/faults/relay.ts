import { Client, Metadata, type MethodDefinition, type sendUnaryData, Server, ServerCredentials, type ServerDuplexStream, type ServerUnaryCall, status, type StatusObject } from '@grpc/grpc-js';
import { directly } from '#agent/dial/dialler.ts';
import { splitAddress } from '#agent/uplink/address.ts';
import { AgentService } from '#proto/codec/services.ts';
import type { Credentials } from '#test/harness/link-pki.ts';

/** How messages are delivered otherwise than they were sent. */
export type Delivery = 'twice' | 'swapped' | 'again';

/**
 * Ends TLS with papers of the test and begins it anew with those of the agent, and so can do to messages what no network
 * can do to a stream under TLS: deliver them twice, in another order, or again out of an earlier session.
 */
export interface Relay {
  readonly address: string;
  leadTo(address: string): void;
  /** The next so many messages that way. */
  disturb(to: 'agent' | 'server', how: Delivery, messages: number): void;
  close(): void;
}

/** A key and its certificate, in PEM. */
export interface Papers {
  readonly key: string;
  readonly certificateChain: string;
}

export interface RelayOptions {
  /** What the relay shows to the agent. */
  readonly own: Credentials;
  /** PEM: under which the agent is believed, and the server. */
  readonly trustBundle: string;
  /** What to show to the server for an agent that shows the certificate of this serial number. */
  readonly agent: (serial: string) => Papers;
  /** Told of each stream, and of each message as it was sent. */
  readonly onSession?: () => void;
  readonly onMessage?: (to: 'agent' | 'server', message: Buffer) => void;
}

const asBytes = {
  requestSerialize: (bytes: Buffer) => bytes,
  requestDeserialize: (bytes: Buffer) => bytes,
  responseSerialize: (bytes: Buffer) => bytes,
  responseDeserialize: (bytes: Buffer) => bytes,
};
const raw: MethodDefinition<Buffer, Buffer> = { ...AgentService.service.Connect, ...asBytes };
const rawRenewal: MethodDefinition<Buffer, Buffer> = { ...AgentService.service.Renew, ...asBytes };
/** A server that is away is no reason to wait for ever. */
const renewedWithinMs = 5_000;

/** A message that waits for the next one to overtake it waits no longer. */
const overtakenWithinMs = 100;
/** So many messages of the past are kept to come again. */
const remembered = 8;

export async function startRelay({ own, trustBundle, agent, onSession = () => {}, onMessage = () => {} }: RelayOptions): Promise<Relay> {
  const toServer = createMangler();
  const toAgent = createMangler();
  let target = '';
  const server = new Server({ 'grpc.max_receive_message_length': 4 * 1024 * 1024 });
  server.addService({ connect: raw, renew: rawRenewal }, { connect: relay, renew });
  const port = await new Promise<number>((resolve, reject) => {
    const secure = ServerCredentials.createSsl(Buffer.from(trustBundle), [{ private_key: Buffer.from(own.key), cert_chain: Buffer.from(own.certificateChain) }], true);
    server.bindAsync('127.0.0.1:0', secure, (error, bound) => (error === null ? resolve(bound) : reject(error)));
  });

  return {
    address: `127.0.0.1:${port}`,
    leadTo(address) {
      target = address;
    },
    disturb(to, how, messages) {
      (to === 'server' ? toServer : toAgent).disturb(how, messages);
    },
    close: () => server.forceShutdown(),
  };

  /** To the server, as the agent that called. */
  function clientFor(call: Pick<ServerDuplexStream<Buffer, Buffer>, 'getAuthContext'>): Client {
    const { key, certificateChain } = agent(call.getAuthContext().sslPeerCertificate?.serialNumber.toLowerCase() ?? '');
    const channel = directly.channel(splitAddress(target), { trust: trustBundle, key, certificateChain });
    return new Client(channel.target, channel.credentials, { ...channel.options, 'grpc.use_local_subchannel_pool': 1, 'grpc.enable_retries': 0, 'grpc.max_receive_message_length': 4 * 1024 * 1024 });
  }

  function renew(call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void {
    const client = clientFor(call);
    client.makeUnaryRequest(rawRenewal.path, rawRenewal.requestSerialize, rawRenewal.responseDeserialize, call.request, new Metadata(), { deadline: Date.now() + renewedWithinMs }, (error, given) => {
      client.close();
      answer(error, given);
    });
  }

  function relay(call: ServerDuplexStream<Buffer, Buffer>): void {
    onSession();
    const client = clientFor(call);
    const far = client.makeBidiStreamRequest(raw.path, raw.requestSerialize, raw.responseDeserialize, new Metadata());
    const up = toServer.begin((bytes) => far.write(bytes));
    const down = toAgent.begin((bytes) => call.write(bytes));
    call.on('data', (message: Buffer) => {
      onMessage('server', message);
      up.take(message);
    });
    call.on('end', () => {
      up.flush();
      far.end();
    });
    call.on('cancelled', () => far.cancel());
    call.on('error', () => {});
    far.on('data', (message: Buffer) => {
      onMessage('agent', message);
      down.take(message);
    });
    far.on('error', () => {});
    far.on('status', ({ code, details, metadata }: StatusObject) => {
      down.flush();
      client.close();
      if (code === status.OK) call.end();
      else call.emit('error', { code, details, metadata });
    });
  }
}

interface Line {
  readonly take: (message: Buffer) => void;
  /** Nothing more will come that could overtake. */
  flush(): void;
}

interface Mangler {
  begin(send: (message: Buffer) => void): Line;
  disturb(how: Delivery, messages: number): void;
}

function createMangler(): Mangler {
  const past: Buffer[] = [];
  let how: Delivery = 'twice';
  let left = 0;

  return {
    disturb(next, messages) {
      how = next;
      left = messages;
    },
    begin(send) {
      let overtaken: Buffer | null = null;
      return { take, flush };

      function take(message: Buffer): void {
        if (left <= 0) {
          send(message);
          flush();
        } else {
          left -= 1;
          disturbed(message);
        }
        past.push(message);
        if (past.length > remembered) past.shift();
      }

      function disturbed(message: Buffer): void {
        if (how === 'swapped' && overtaken === null) {
          overtaken = message;
          setTimeout(flush, overtakenWithinMs).unref();
          return;
        }
        send(message);
        flush();
        if (how === 'twice') send(message);
        if (how === 'again') for (const old of past) send(old);
      }

      function flush(): void {
        const late = overtaken;
        overtaken = null;
        if (late !== null) send(late);
      }
    },
  };
}
