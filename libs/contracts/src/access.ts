/** What a person may be. A kiosk is a wall display: a device that is signed in, not a person. */
export const PERSON_ROLES = ['viewer', 'nurse', 'charge-nurse', 'administrator', 'kiosk'] as const;
export type PersonRole = (typeof PERSON_ROLES)[number];

const EVERYBODY = PERSON_ROLES;
const CARE = ['nurse', 'charge-nurse', 'administrator'] as const;
const CHARGE = ['charge-nurse', 'administrator'] as const;

/**
 * Who may do what, in the wards that the session is for. One table for station and screens; docs/access.md prints, for
 * every route and socket event, what follows from it.
 */
export const PERMISSIONS = {
  /** The wall, patients by pseudonym, their history and waveforms. */
  'see-ward': EVERYBODY,
  'acknowledge-alarms': ['nurse', 'charge-nurse', 'administrator', 'kiosk'],
  'pause-audio': ['nurse', 'charge-nurse', 'administrator', 'kiosk'],
  /** Names: everything else knows a patient by pseudonym. */
  'see-identities': CARE,
  /** Admit, transfer, discharge, assign devices, off ward. */
  'manage-patients': CARE,
  'set-patient-limits': CARE,
  /** The limits of the whole ward. */
  'set-ward-limits': CHARGE,
  /** Add and remove devices, renew their secrets. */
  'manage-devices': CHARGE,
  'see-audit': CHARGE,
  'manage-wards': ['administrator'],
  'manage-people': ['administrator'],
  /** Access to another ward for an hour, with a reason. */
  'emergency-access': ['viewer', 'nurse', 'charge-nurse'],
  /** Lets a person act here for a moment: what a wall display may not do itself. */
  'let-act': ['kiosk'],
} as const satisfies Record<string, readonly PersonRole[]>;

export type Permission = keyof typeof PERMISSIONS;

export function roleMay(role: PersonRole, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly PersonRole[]).includes(role);
}

/**
 * `GET /api/session`: who is signed in, and where; 401 for nobody. `POST /api/session` (SignInRequest) signs in, `DELETE`
 * out. `POST /api/session/acting` (SignInRequest) and `DELETE`: a person acts at a kiosk. `POST /api/session/emergency`
 * (EmergencyRequest). All that sign in or change the session answer with it.
 */
export interface Session {
  person: string;
  name: string;
  role: PersonRole;
  /** Wards by id, or all of them. */
  wards: string[] | 'all';
  /** Wards that were opened in an emergency, until when. */
  emergency: { ward: string; untilMs: number }[];
  /** Who acts at a kiosk for a moment, to do what a kiosk may not. */
  acting: {
    person: string;
    name: string;
    role: PersonRole;
    wards: string[] | 'all';
    untilMs: number;
  } | null;
  expiresMs: number;
}

/**
 * Whether a session has a permission in a ward; `null` for what belongs to no ward. Who acts at a kiosk may do there what the
 * kiosk may not, in the kiosk's own wards alone: a wall display opens no other ward, and no list of people.
 */
export function sessionMay(
  session: Session,
  permission: Permission,
  ward: string | null,
  nowMs: number,
): boolean {
  if (roleMay(session.role, permission) && isOpen(session, ward, nowMs)) return true;
  const { acting } = session;
  if (acting === null || acting.untilMs <= nowMs || ward === null) return false;
  return (
    roleMay(acting.role, permission) && reaches(acting.wards, ward) && isOpen(session, ward, nowMs)
  );
}

function isOpen({ wards, emergency }: Session, ward: string | null, nowMs: number): boolean {
  if (ward === null || reaches(wards, ward)) return true;
  return emergency.some((opened) => opened.ward === ward && opened.untilMs > nowMs);
}

function reaches(wards: string[] | 'all', ward: string): boolean {
  return wards === 'all' || wards.includes(ward);
}

/** By name, as it stands in the list of people. */
export interface SignInRequest {
  name: string;
  password: string;
}

/** `GET /api/session/emergency`: every ward of the station, for whoever may open one in an emergency. */
export interface WardName {
  ward: string;
  name: string;
}

export interface EmergencyRequest {
  ward: string;
  reason: string;
}

/** Characters of a password. No other rule: length is what makes it strong. */
export const PASSWORD_CHARACTERS = { least: 10, most: 200 } as const;
