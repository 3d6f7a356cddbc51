/** KMS: data keys, sealing and keyed hashes under keys that lie in the data folder. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { ServiceError } from './errors.ts';
import { type JsonObject, objectOf } from './json.ts';
import type { Store } from './store.ts';
import type { Template } from './template.ts';

const bytes = (base64: unknown): Buffer => Buffer.from(String(base64), 'base64');

export class Kms {
  readonly #store: Store;
  readonly #arns: ReadonlyMap<string, string>;

  constructor(template: Template, store: Store) {
    this.#store = store;
    this.#arns = new Map(
      template.resources('AWS::KMS::Key').flatMap(({ name, arn }) => [
        [name, arn],
        [arn, arn],
      ]),
    );
  }

  /** The key that a request means: named, or named by the ciphertext. */
  keyArn(input: JsonObject): string {
    const id = input.KeyId === undefined ? idOf(bytes(input.CiphertextBlob)) : String(input.KeyId);
    const arn = this.#arns.get(id);
    if (arn === undefined) throw new ServiceError('NotFoundException', `Key '${id}' does not exist`);
    return arn;
  }

  #material(arn: string): Uint8Array {
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
