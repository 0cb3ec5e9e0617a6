import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Engine } from '../database.js';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

/** Wards, beds, patients, stays, devices, people, sessions, audit, alarm log, outbox. */
export async function up(db: Kysely<never>, engine: Engine): Promise<void> {
  /** Numbers in the order of insertion, never used twice. */
  const serial = (column: ColumnDefinitionBuilder) =>
    engine === 'sqlite'
      ? column.primaryKey().autoIncrement()
      : column.primaryKey().generatedAlwaysAsIdentity();
  const { schema } = db;

  await schema
    .createTable('registry_state')
    .addColumn('id', 'integer', key)
    .addColumn('origin', 'text', required)
    .addColumn('revision', 'integer', required)
    .addColumn('audit_id', 'integer', required)
    .addColumn('audit_hash', 'text', required)
    .execute();
  await schema
    .createTable('wards')
    .addColumn('ward', 'text', key)
    .addColumn('name', 'text', required)
    .addColumn('limits', 'text', required)
    .execute();
  await schema
    .createTable('beds')
    .addColumn('ward', 'text', (column) => column.notNull().references('wards.ward'))
    .addColumn('bed', 'text', required)
    .addColumn('position', 'integer', required)
    .addPrimaryKeyConstraint('beds_key', ['ward', 'bed'])
    .execute();
  await schema
    .createTable('patients')
    .addColumn('patient', 'text', key)
    .addColumn('name', 'text', required)
    .addColumn('birth_date', 'text')
    .addColumn('hospital_number', 'text')
    .addColumn('label', 'text', required)
    .addColumn('limits', 'text')
    .execute();

  await schema
    .createTable('admissions')
    .addColumn('id', 'integer', serial)
    .addColumn('patient', 'text', (column) => column.notNull().references('patients.patient'))
    .addColumn('ward', 'text', (column) => column.notNull().references('wards.ward'))
    .addColumn('bed', 'text')
    .addColumn('admitted_ms', 'bigint', required)
    .addColumn('discharged_ms', 'bigint')
    .addColumn('off_reason', 'text')
    .addColumn('off_since_ms', 'bigint')
    .execute();
  await schema
    .createIndex('one_open_stay')
    .unique()
    .on('admissions')
    .column('patient')
    .where(sql.ref('discharged_ms'), 'is', null)
    .execute();
  await schema
    .createIndex('one_patient_per_bed')
    .unique()
    .on('admissions')
    .columns(['ward', 'bed'])
    .where(sql.ref('discharged_ms'), 'is', null)
    .execute();
  await schema.createIndex('stays').on('admissions').columns(['patient', 'id']).execute();

  await schema
    .createTable('wearings')
    .addColumn('id', 'integer', serial)
    .addColumn('device', 'text', required)
    .addColumn('patient', 'text', (column) => column.notNull().references('patients.patient'))
    .addColumn('position', 'text', required)
    .addColumn('mode', 'text', required)
    .addColumn('from_ms', 'bigint', required)
    .addColumn('to_ms', 'bigint')
    .addCheckConstraint('forward', sql`to_ms is null or to_ms >= from_ms`)
    .execute();
  await schema
    .createIndex('one_wearer')
    .unique()
    .on('wearings')
    .column('device')
    .where(sql.ref('to_ms'), 'is', null)
    .execute();
  await schema.createIndex('wearings_of').on('wearings').columns(['device', 'from_ms']).execute();
  await schema.createIndex('worn_by').on('wearings').columns(['patient', 'to_ms']).execute();
  await schema
    .createTable('devices')
    .addColumn('device', 'text', key)
    .addColumn('ward', 'text', (column) => column.notNull().references('wards.ward'))
    .addColumn('added_ms', 'bigint', required)
    .addColumn('salt', 'text', required)
    .addColumn('hash', 'text', required)
    .addColumn('cost', 'integer', required)
    .execute();

  await schema
    .createTable('people')
    .addColumn('person', 'text', key)
    .addColumn('name', 'text', required)
    .addColumn('name_key', 'text', (column) => column.notNull().unique())
    .addColumn('role', 'text', required)
    .addColumn('wards', 'text', required)
    .addColumn('active', 'integer', required)
    .addColumn('password', 'text')
    .addColumn('last_seen_ms', 'bigint')
    .execute();
  await schema
    .createTable('links')
    .addColumn('token_hash', 'text', key)
    .addColumn('person', 'text', (column) => column.notNull().references('people.person'))
    .addColumn('expires_ms', 'bigint', required)
    .execute();
  await schema
    .createTable('sessions')
    .addColumn('token_hash', 'text', key)
    .addColumn('person', 'text', (column) => column.notNull().references('people.person'))
    .addColumn('opened_ms', 'bigint', required)
    .addColumn('seen_ms', 'bigint', required)
    .addColumn('expires_ms', 'bigint', required)
    .addColumn('acting_person', 'text', (column) => column.references('people.person'))
    .addColumn('acting_until_ms', 'bigint')
    .addColumn('emergency', 'text', required)
    .execute();
  await schema.createIndex('sessions_of').on('sessions').column('person').execute();

  await schema
    .createTable('audit')
    .addColumn('id', 'integer', key)
    .addColumn('at_ms', 'bigint', required)
    .addColumn('person', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('role', 'text', required)
    .addColumn('action', 'text', required)
    .addColumn('subject_type', 'text', required)
    .addColumn('subject', 'text', required)
    .addColumn('ward', 'text')
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addColumn('reason', 'text')
    .addColumn('hash', 'text', required)
    .execute();
  // What a query filters by is in the index: no row is read that is not wanted.
  await schema
    .createIndex('audit_of_ward')
    .on('audit')
    .columns(['ward', 'id', 'at_ms', 'action', 'person', 'subject'])
    .execute();
  await schema.createIndex('audit_of_subject').on('audit').columns(['subject', 'id']).execute();
  await schema.createIndex('audit_of_person').on('audit').columns(['person', 'id']).execute();
  await schema.createIndex('audit_of_action').on('audit').columns(['action', 'id']).execute();

  await schema
    .createTable('alarm_log')
    .addColumn('id', 'integer', serial)
    .addColumn('event_id', 'text', (column) => column.notNull().unique())
    .addColumn('ward', 'text')
    .addColumn('bed', 'text')
    .addColumn('patient', 'text', required)
    .addColumn('rule', 'text', required)
    .addColumn('priority', 'text', required)
    .addColumn('at_ms', 'bigint', required)
    .addColumn('event', 'text', required)
    .execute();
  await schema
    .createIndex('alarms_of_ward')
    .on('alarm_log')
    .columns(['ward', 'id', 'at_ms', 'rule', 'priority', 'patient'])
    .execute();
  await schema
    .createIndex('alarms_of_patient')
    .on('alarm_log')
    .columns(['patient', 'id'])
    .execute();
  await schema
    .createTable('outbox')
    .addColumn('id', 'integer', serial)
    .addColumn('record_key', 'text', required)
    .addColumn('record', 'text', required)
    .execute();
}
