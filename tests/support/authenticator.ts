import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type { NewPasskey, PasskeyOrder, PasskeyQuestion, PasskeyUse } from '../../shared/api/passkeys.ts';

/** What a device could do wrong, or be made to. */
export interface Twist {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly userHandle?: string | null;
  readonly counter?: number;
  /** Without fingerprint, face or screen lock. */
  readonly unverified?: boolean;
  readonly attestation?: 'packed';
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const HAS_KEY = 0x40;

/** A device that keeps passkeys, in software: it signs what it is told to, right or wrong (WebAuthn 3, section 6). */
export class Authenticator {
  readonly #origin: string;
  /** By id of the credential; the newest is the one that is used. */
  readonly #kept: { id: Buffer; key: KeyObject; handle: string; rpId: string }[] = [];
  #counter: number;

  /** @param counter of signatures; 0 for a device that never counts */
  constructor(origin: string, counter = 0) {
    this.#origin = origin;
    this.#counter = counter;
  }

  make(order: PasskeyOrder, twist: Twist = {}): NewPasskey {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = randomBytes(32);
    this.#kept.push({ id, key: privateKey, handle: order.user.id, rpId: order.rp.id });
    const { x, y } = publicKey.export({ format: 'jwk' });
    const cose = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x as string, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y as string, 'base64url'),
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const authData = Buffer.concat([
      this.#head(twist.rpId ?? order.rp.id, HAS_KEY, twist),
      Buffer.alloc(16),
      length,
      id,
      cose,
    ]);
    return {
      id: id.toString('base64url'),
      rawId: id.toString('base64url'),
      type: 'public-key',
      response: {
        clientDataJSON: this.#clientData('webauthn.create', order.challenge, twist),
        attestationObject: attested(authData, twist.attestation ?? 'none').toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  use(question: PasskeyQuestion, twist: Twist = {}): PasskeyUse {
    const kept = this.#kept.at(-1);
    if (!kept) throw new Error('this device keeps no passkey');
    if (this.#counter > 0) this.#counter += 1;
    const authData = this.#head(twist.rpId ?? kept.rpId, 0, twist);
    const clientDataJSON = this.#clientData('webauthn.get', question.challenge, twist);
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    const handle = twist.userHandle === undefined ? kept.handle : twist.userHandle;
    return {
      id: kept.id.toString('base64url'),
      rawId: kept.id.toString('base64url'),
      type: 'public-key',
      response: {
        clientDataJSON,
        authenticatorData: authData.toString('base64url'),
        signature: createSign('sha256').update(signed).sign(kept.key).toString('base64url'),
        ...(handle !== null && { userHandle: handle }),
      },
    };
  }

  #head(rpId: string, flags: number, twist: Twist): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(twist.counter ?? this.#counter);
    const all = flags | PRESENT | (twist.unverified ? 0 : VERIFIED);
    return Buffer.concat([sha256(Buffer.from(rpId)), Buffer.from([all]), counter]);
  }

  #clientData(type: string, challenge: string, twist: Twist): string {
    const said = {
      type: twist.type ?? type,
      challenge: twist.challenge ?? challenge,
      origin: twist.origin ?? this.#origin,
      crossOrigin: twist.crossOrigin ?? false,
    };
    return Buffer.from(JSON.stringify(said)).toString('base64url');
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** CBOR: {"fmt", "attStmt", "authData"}; `packed` brings the certificate of some maker, as a device may that was not asked. */
function attested(authData: Buffer, format: 'none' | 'packed'): Buffer {
  const statement =
    format === 'none'
      ? Buffer.concat([text('none'), text('attStmt'), Buffer.from([0xa0])])
      : Buffer.concat([
          text('packed'),
          text('attStmt'),
          Buffer.from([0xa3]),
          text('alg'),
          Buffer.from([0x26]),
          text('sig'),
          bytes(randomBytes(70)),
          text('x5c'),
          Buffer.from([0x81]),
          bytes(randomBytes(300)),
        ]);
  return Buffer.concat([Buffer.from([0xa3]), text('fmt'), statement, text('authData'), bytes(authData)]);
}

function text(words: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 | words.length]), Buffer.from(words)]);
}

function bytes(value: Buffer): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(0x59);
  head.writeUInt16BE(value.length, 1);
  return Buffer.concat([head, value]);
}
