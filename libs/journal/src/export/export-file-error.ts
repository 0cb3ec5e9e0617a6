/** Why a file cannot be read as an export. */
export type ExportFileFault = 'no-export' | 'other-version' | 'truncated' | 'corrupt';

export class ExportFileError extends Error {
  override name = 'ExportFileError';
  readonly fault: ExportFileFault;

  constructor(path: string, fault: ExportFileFault, what: string) {
    super(`${path}: ${what}`);
    this.fault = fault;
  }
}
