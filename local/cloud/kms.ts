/**
 * KMS: data keys and sealing under keys that lie in the data folder. A key that only makes keyed hashes is the same in every folder: of
 * these, identifiers are made, and the same story is to be told in the same words wherever it is told.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { ServiceError } from './errors.ts';
import { type JsonObject, objectOf } from './json.ts';
import type { Store } from './store.ts';
import type { Template } from './template.ts';

const bytes = (base64: unknown): Buffer => Buffer.from(String(base64), 'base64');

export class Kms {
  readonly #store: Store;
  readonly #arns: ReadonlyMap<string, string>;
  readonly #hashing: ReadonlySet<string>;

  constructor(template: Template, store: Store) {
    this.#store = store;
    const keys = template.resources('AWS::KMS::Key');
    this.#arns = new Map(
      keys.flatMap(({ name, arn }) => [
        [name, arn],
        [arn, arn],
      ]),
    );
    const hashing = keys.filter(({ properties }) => properties.KeyUsage === 'GENERATE_VERIFY_MAC');
    this.#hashing = new Set(hashing.map(({ arn }) => arn));
  }

  /** The key that a request means: named, or named by the ciphertext. */
  keyArn(input: JsonObject): string {
    const id = input.KeyId === undefined ? idOf(bytes(input.CiphertextBlob)) : String(input.KeyId);
    const arn = this.#arns.get(id);
    if (arn === undefined) throw new ServiceError('NotFoundException', `Key '${id}' does not exist`);
    return arn;
  }

  #material(arn: string): Uint8Array {
    if (this.#hashing.has(arn)) return createHash('sha256').update(arn).digest();
    const row = this.#store.one('select material from keys where id = ?', arn);
    if (row?.material instanceof Uint8Array) return row.material;
    const material = randomBytes(32);
    this.#store.run('insert into keys values (?, ?)', arn, material);
    return material;
  }

  call(operation: string, arn: string, input: JsonObject): JsonObject {
    const context = JSON.stringify(Object.entries(objectOf(input.EncryptionContext)).sort());
    switch (operation) {
      case 'GenerateDataKey': {
        const key = randomBytes(32);
        return { KeyId: arn, Plaintext: key.toString('base64'), CiphertextBlob: this.#seal(arn, key, context) };
      }
      case 'Encrypt':
        return { KeyId: arn, CiphertextBlob: this.#seal(arn, bytes(input.Plaintext), context) };
      case 'Decrypt':
        return { KeyId: arn, Plaintext: this.#open(arn, bytes(input.CiphertextBlob), context).toString('base64') };
      case 'GenerateMac': {
        const mac = createHmac('sha256', this.#material(arn)).update(bytes(input.Message)).digest('base64');
        return { KeyId: arn, Mac: mac, MacAlgorithm: 'HMAC_SHA_256' };
      }
      default:
        throw new ServiceError('UnsupportedOperationException', `KMS ${operation} is not served here`);
    }
  }

  #seal(arn: string, content: Uint8Array, context: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#material(arn), iv).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
    const name = Buffer.from(arn);
    return Buffer.concat([Buffer.from([name.length]), name, iv, cipher.getAuthTag(), sealed]).toString('base64');
  }

  #open(arn: string, blob: Buffer, context: string): Buffer {
    const at = 1 + (blob[0] ?? 0);
    try {
      const opener = createDecipheriv('aes-256-gcm', this.#material(arn), blob.subarray(at, at + 12));
      opener.setAAD(Buffer.from(context)).setAuthTag(blob.subarray(at + 12, at + 28));
      return Buffer.concat([opener.update(blob.subarray(at + 28)), opener.final()]);
    } catch {
      // As in the cloud, the caller does not learn why.
      throw new ServiceError('InvalidCiphertextException', 'The ciphertext or its encryption context is wrong');
    }
  }
}

const idOf = (blob: Buffer): string => blob.subarray(1, 1 + (blob[0] ?? 0)).toString();
