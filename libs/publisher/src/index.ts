export * from './outbox.js';
export * from './memory-outbox.js';
export * from './frame-builder.js';
export { LIVE_AGE_US, type PublishMode } from './send-order.js';
export { RECONNECT_BACKOFF, type BackoffOptions } from './backoff.js';
export type { DownlinkListeners } from './downlink.js';
export * from './publisher-options.js';
export { WearablePublisher } from './wearable-publisher.js';
