export * from './biquad-cascade.js';
export * from './butterworth.js';
export * from './grid-resampler.js';
export * from './padded-spectrum.js';
export * from './ridge-residual.js';
export * from './waveform-indices.js';
