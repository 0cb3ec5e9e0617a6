import type { ModelId } from '@app/contracts';
import type { BeliefSettings } from './heart-rate-belief.js';

/** The estimator without a network, as it signs its results. */
export const SPECTRAL_MODEL: ModelId = { name: 'spectral', version: '1.0.0' };

/**
 * Over the network's logits: chosen on BAMI, trained on one device and tested on the other, with synthetic movement
 * (`training/heart_rate/belief_choice.py`). Windows overlap by three quarters, so what they say is weighed by less than one.
 */
export const NETWORK_BELIEF: BeliefSettings = {
  sigma: 0.03,
  tail: 0.1,
  leak: 1e-4,
  temperature: 0.7,
  floor: 1e-3,
};

/** Over the spectral evidence: chosen on BAMI in the same way. */
export const SPECTRAL_BELIEF: BeliefSettings = {
  sigma: 0.02,
  tail: 0,
  leak: 1e-4,
  temperature: 0.5,
  floor: 1e-3,
};
