/** Personal data under keys of their own, and the keyed hashes by which a person is found again. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';
import { RecordBroken } from '../errors.ts';

export interface Keys {
  readonly kms: KMSClient;
  /** KMS key that seals data keys. */
  readonly personKey: string;
  /** Another one for persons who may be hurt: whoever may open persons may not open these by that alone. */
  readonly affectedKey: string;
  /** KMS key of the keyed hashes (HMAC-SHA-256). */
  readonly lookupKey: string;
}

/** AES-256-GCM under a data key of its own, which is itself sealed by KMS. Erasing either erases the content. */
export interface Sealed {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly tag: Uint8Array;
  readonly sealed: Uint8Array;
}

const bytes = (value: unknown): Uint8Array => {
  if (value instanceof Uint8Array) return value;
  throw new RecordBroken('a sealed item lacks its key or its content');
};

/** @throws RecordBroken */
export const sealedOf = (item: Readonly<Record<string, unknown>>): Sealed => ({
  key: bytes(item.key),
  iv: bytes(item.iv),
  tag: bytes(item.tag),
  sealed: bytes(item.sealed),
});

/** Binds a sealed content to the place where it lies. */
const contextOf = (place: string) => ({ place });

export async function seal(kms: KMSClient, kmsKey: string, place: string, content: unknown): Promise<Sealed> {
  const { Plaintext, CiphertextBlob } = await kms.send(
    new GenerateDataKeyCommand({ KeyId: kmsKey, KeySpec: 'AES_256', EncryptionContext: contextOf(place) }),
  );
  if (!Plaintext || !CiphertextBlob) throw new RecordBroken(`KMS gave no data key for ${place}`);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Plaintext, iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
  return { key: CiphertextBlob, iv, tag: cipher.getAuthTag(), sealed };
}

export async function unseal(kms: KMSClient, place: string, content: Sealed): Promise<unknown> {
  const { Plaintext } = await kms.send(
    new DecryptCommand({ CiphertextBlob: content.key, EncryptionContext: contextOf(place) }),
  );
  if (!Plaintext) throw new RecordBroken(`KMS did not open the data key of ${place}`);
  const decipher = createDecipheriv('aes-256-gcm', Plaintext, content.iv);
  decipher.setAuthTag(content.tag);
  return JSON.parse(Buffer.concat([decipher.update(content.sealed), decipher.final()]).toString('utf8'));
}

/** Identity numbers and phones are never keys and never in the clear: what they are found by is this. */
export async function keyedHash({ kms, lookupKey }: Pick<Keys, 'kms' | 'lookupKey'>, text: string): Promise<string> {
  const { Mac } = await kms.send(
    new GenerateMacCommand({ KeyId: lookupKey, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(text, 'utf8') }),
  );
  if (!Mac) throw new RecordBroken('KMS gave no keyed hash');
  return Buffer.from(Mac).toString('hex').slice(0, 40);
}
