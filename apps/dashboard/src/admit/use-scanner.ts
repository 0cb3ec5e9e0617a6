import { type RefObject, useEffect, useState } from 'react';
import { decodeQR } from 'qr/decode.js';
import { cameraProblem } from './camera-problem.js';

/** Wide enough for a label at arm's length; more only makes reading slower, pixels. */
const SCAN_WIDTH = 640;

/** Shows the camera in a video element and calls back with every text that a code in sight holds, until it is unmounted. */
export function useScanner(
  video: RefObject<HTMLVideoElement | null>,
  onText: (text: string) => void,
): string | null {
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const leave = new AbortController();
    void scan(video, onText, leave.signal).catch((error: unknown) => {
      if (!leave.signal.aborted) setProblem(cameraProblem(error, isSecureContext));
    });
    return () => leave.abort();
  }, [video, onText]);
  return problem;
}

async function scan(
  video: RefObject<HTMLVideoElement | null>,
  onText: (text: string) => void,
  leave: AbortSignal,
): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    // The camera that looks away from the face, where there are two.
    video: { facingMode: 'environment', width: { ideal: 1280 } },
  });
  const stop = () => stream.getTracks().forEach((track) => track.stop());
  const { current: element } = video;
  if (leave.aborted || element === null) return stop();
  leave.addEventListener('abort', stop, { once: true });
  element.srcObject = stream;
  await element.play();
  const canvas = document.createElement('canvas');
  const look = () => {
    if (leave.aborted) return;
    const text = textIn(element, canvas);
    if (text !== null) onText(text);
    requestAnimationFrame(look);
  };
  look();
}

function textIn(video: HTMLVideoElement, canvas: HTMLCanvasElement): string | null {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return null;
  const scale = Math.min(1, SCAN_WIDTH / videoWidth);
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    // No code in this frame: the next one comes.
    return null;
  }
}
