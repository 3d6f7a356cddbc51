/** KMS at its edge: data keys sealed by naming the key that seals them, keyed hashes by a fixed key. */
import { createHmac } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import type { Keys } from '../../shared/record/seal.ts';

const dataKey = Uint8Array.from({ length: 32 }, (_, i) => i);

/** @param opens the keys that the caller was granted to decrypt with */
export function keysForTest(opens: readonly string[] = ['person', 'affected']): Keys {
  const kms = new KMSClient({ region: 'cn-north-1' });
  const mock = mockClient(kms);
  mock.on(GenerateDataKeyCommand).callsFake(({ KeyId, EncryptionContext: { place } }) => ({
    Plaintext: dataKey,
    CiphertextBlob: Buffer.concat([dataKey, Buffer.from(`${KeyId} for ${place}`)]),
  }));
  mock.on(DecryptCommand).callsFake(({ CiphertextBlob, EncryptionContext: { place } }) => {
    const { by, place: sealed } = sealOn(CiphertextBlob);
    if (!opens.includes(by)) throw Object.assign(new Error(by), { name: 'AccessDeniedException' });
    if (place !== sealed) throw Object.assign(new Error(place), { name: 'InvalidCiphertextException' });
    return { Plaintext: dataKey };
  });
  mock.on(GenerateMacCommand).callsFake((input) => ({
    Mac: createHmac('sha256', 'lookup').update(input.Message).digest(),
  }));
  return { kms, personKey: 'person', affectedKey: 'affected', lookupKey: 'lookup' };
}

function sealOn(key: Uint8Array) {
  const [by = '', place = ''] = Buffer.from(key).subarray(dataKey.length).toString().split(' for ');
  return { by, place };
}

/** Which KMS key a stored data key is sealed by. */
export const sealedBy = (key: Uint8Array): string => sealOn(key).by;
