import { SetMetadata } from '@nestjs/common';
import type { Permission } from '@app/contracts';

/**
 * How the ward of a request is found: `none` (what belongs to no ward, or a list that its route filters), or from the route's
 * parameter of that name.
 */
export type Place = 'none' | 'ward' | 'patient' | 'device';

/** Who may call a route. */
export type AccessRule =
  | { for: 'everybody' }
  /** This machine's own programs, and who may do what is named. */
  | { for: 'this-machine'; permission: Permission }
  /** Whoever is signed in, a kiosk too. */
  | { for: 'signed-in' }
  | { for: 'permission'; permission: Permission; place: Place };

const ACCESS = 'vigil:access';

/** Only who has the permission in the ward of the request may call the route. */
export const Access = (permission: Permission, place: Place) =>
  declare({ for: 'permission', permission, place });

/** Whoever is signed in may call the route. */
export const SignedIn = () => declare({ for: 'signed-in' });

/** Anybody may call the route: it must not say anything of patients, devices or people. */
export const Public = () => declare({ for: 'everybody' });

/** Programs of this machine may call the route without a sign-in, others only with the permission. */
export const ThisMachineOr = (permission: Permission) =>
  declare({ for: 'this-machine', permission });

/** What a handler, or else its controller, declares; null for a route that nobody may call because nobody said who may. */
export function accessRuleOf(handler: object, controller: object): AccessRule | null {
  const declared: unknown =
    Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, controller);
  return (declared ?? null) as AccessRule | null;
}

function declare(rule: AccessRule): MethodDecorator & ClassDecorator {
  return SetMetadata(ACCESS, rule);
}
