/** Who lets callers in: a function that checks the tokens of the city's identity provider. */
import { Duration } from 'aws-cdk-lib';
import { IdentitySource, RequestAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import type { Functions } from './functions.ts';
import { pin } from './naming.ts';

/** Its answer holds five minutes for all methods; without a token nobody is asked. */
export function authoriser(scope: Construct, functions: Functions): RequestAuthorizer {
  const made = new RequestAuthorizer(scope, 'Authoriser', {
    handler: functions.get('authorise-caller'),
    identitySources: [IdentitySource.header('Authorization')],
    resultsCacheTtl: Duration.minutes(5),
  });
  pin(made, 'Authoriser');
  return made;
}
