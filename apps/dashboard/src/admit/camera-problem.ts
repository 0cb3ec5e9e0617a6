/** Why there is no picture, and what to do, for a nurse. */
export function cameraProblem(error: unknown, isSecure: boolean): string {
  if (!isSecure) {
    return 'A browser gives the camera only to pages under HTTPS. Type the name of the device instead.';
  }
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The browser may not use the camera here. Allow it beside the address, or type the name of the device.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'This device has no camera. Type the name of the device instead.';
    case 'NotReadableError':
    case 'AbortError':
      return 'Another program uses the camera. Close it, or type the name of the device.';
    default:
      return 'The camera does not work here. Type the name of the device instead.';
  }
}
