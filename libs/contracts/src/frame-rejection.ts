/** Why a frame was not accepted. The keys are the `reason` label of the metric and of the device's error message. */
export const FRAME_REJECTIONS = {
  'too-large': 'the packet is larger than 16 KB: send shorter frames',
  'not-protobuf': 'the payload is neither a protobuf vigil.v1.Frame nor its JSON form',
  'unknown-schema': 'schema_version must be 1',
  'bad-name': 'device and boot_id must be 1 to 36 letters, digits, dots, dashes or underscores',
  'wrong-device': 'the device in the frame is not the device of the topic',
  'bad-sequence': 'sequence must be an integer from 0 to 2^53 - 1',
  'bad-time': 'monotonic_us must be from 0 to ten years',
  'no-samples': 'a frame needs at least one block with at least one channel with samples',
  'too-many-blocks': 'a frame has at most 4 blocks, each kind at most once',
  'bad-kind': 'kind must be PPG, ACCELEROMETER, GYROSCOPE or TEMPERATURE',
  'bad-unit': 'the unit does not fit the kind of the block',
  'bad-channels':
    'PPG needs a wavelength per channel; motion needs each of the axes x, y and z once',
  'bad-rate': 'sample_rate_hz must be from 0.1 to 1000',
  'bad-scale': 'scale must be a finite number other than 0, offset a finite number',
  'uneven-channels': 'all channels of a block must hold the same number of samples',
  'bad-length': 'a frame must be 0.25 s to 10 s long',
  'bad-sample': 'samples must lie within a signed 24-bit range',
  'bad-battery': 'battery must be from 0 to 1',
} as const;

export type FrameRejection = keyof typeof FRAME_REJECTIONS;
