/** KMS at its edge: data keys that are their own ciphertext, keyed hashes by a fixed key. */
import { createHmac } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import type { Keys } from '../../shared/record/seal.ts';

export function keysForTest(): Keys {
  const kms = new KMSClient({ region: 'cn-north-1' });
  const mock = mockClient(kms);
  const key = Uint8Array.from({ length: 32 }, (_, i) => i);
  mock.on(GenerateDataKeyCommand).resolves({ Plaintext: key, CiphertextBlob: key });
  mock.on(DecryptCommand).callsFake((input) => ({ Plaintext: input.CiphertextBlob }));
  mock.on(GenerateMacCommand).callsFake((input) => ({
    Mac: createHmac('sha256', 'lookup').update(input.Message).digest(),
  }));
  return { kms, personKey: 'person', lookupKey: 'lookup' };
}
