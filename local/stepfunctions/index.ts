/** The face of the engine: AWS Step Functions' own operations. See README.md for what is served and what is not. */
export { StepFunctions } from './api/step-functions.ts';
export { type Call, handle, type WireReply, type WireRequest } from './api/wire.ts';
export { type Clock, RunningClock, type Timed, VirtualClock } from './engine/clock.ts';
export type { HistoryEvent } from './engine/events.ts';
export type { EngineOptions } from './engine/options.ts';
export { StepFunctionsError, UnusableStore } from './errors.ts';
export type { Integrations, LambdaAnswer, LambdaCall, ServiceCall } from './integrations/integrations.ts';
