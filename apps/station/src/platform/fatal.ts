import { Logger } from '@nestjs/common';

const logger = new Logger('Station');

/**
 * Ends the process after a failure that leaves a role without its work: the supervisor or the operator starts it again,
 * and it goes on from its checkpoint. A role that limps on would look alive.
 */
export function fatal(role: string, error: unknown): void {
  logger.error(
    `${role} stopped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  process.exit(1);
}
