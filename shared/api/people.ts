/** Set-up, accounts, who am I. */
import { z } from 'zod';
import { roles } from '../access/can.ts';
import { unitId, userId } from '../ids.ts';

export const roleSchema = z.enum(roles);

/** 3–32 Latin letters, digits, dot, dash, underscore; or Chinese characters, so that a name can be a username. */
export const usernameSchema = z
  .string()
  .trim()
  .regex(/^[\p{Script=Han}A-Za-z0-9._-]{2,32}$/u);

/** At least 10 characters with a letter and a digit (GB/T 22239 level 2: complexity); 128 at most. */
export const passwordSchema = z
  .string()
  .min(10)
  .max(128)
  .refine((text) => /\p{L}/u.test(text) && /\d/.test(text));

export const personNameSchema = z.string().trim().min(1).max(40);
export const dutySchema = z.string().trim().max(60);

export const accountSchema = z.object({
  id: userId,
  username: z.string(),
  name: z.string(),
  /** 职务, as it stands under a title: 党组成员、副局长. */
  duty: z.string(),
  unitId,
  /** The usual role in meetings; leader and office may create meetings. */
  position: roleSchema,
  administrator: z.boolean(),
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
});
export type Account = z.infer<typeof accountSchema>;

export const unitSchema = z.object({ id: unitId, name: z.string(), parentId: unitId.nullable() });
export type Unit = z.infer<typeof unitSchema>;
export const unitsAnswer = z.object({ units: z.array(unitSchema) });
export const createUnitBody = z.object({ name: z.string().trim().min(1).max(80), parentId: unitId });
export const renameUnitBody = z.object({ name: z.string().trim().min(1).max(80) });

export const meSchema = z.object({ account: accountSchema, unit: unitSchema, mayCreateMeetings: z.boolean() });
export type Me = z.infer<typeof meSchema>;

export const signInBody = z.object({ username: z.string().min(1).max(64), password: z.string().min(1).max(128) });
export const changePasswordBody = z.object({ current: z.string().min(1).max(128), next: passwordSchema });

export const createAccountBody = z.object({
  username: usernameSchema,
  name: personNameSchema,
  duty: dutySchema,
  unitId,
  position: roleSchema,
  administrator: z.boolean().default(false),
});
export type CreateAccountBody = z.input<typeof createAccountBody>;

/** Accounts by a pasted table, all or none. */
export const importAccountsBody = z.object({ accounts: z.array(createAccountBody).min(1).max(200) });

/** A new account or a reset: the initial password is shown once and must be changed at the first sign-in. */
export const initialPasswordAnswer = z.object({ account: accountSchema, initialPassword: z.string() });
export const importAccountsAnswer = z.object({ accounts: z.array(initialPasswordAnswer) });
export const changeAccountBody = z
  .object({
    name: personNameSchema,
    duty: dutySchema,
    unitId,
    position: roleSchema,
    administrator: z.boolean(),
    disabled: z.boolean(),
  })
  .partial();
export const accountsAnswer = z.object({ accounts: z.array(accountSchema) });
export const accountAnswer = z.object({ account: accountSchema });

/** People who can be chosen as participants: no administrators, no disabled accounts. */
export const personSchema = accountSchema.pick({ id: true, name: true, duty: true, unitId: true, position: true });
export type Person = z.infer<typeof personSchema>;
export const peopleAnswer = z.object({ people: z.array(personSchema) });

export const setupStateAnswer = z.object({ needed: z.boolean() });
export const setupBody = z.object({
  code: z.string().trim().min(1).max(40),
  unitName: z.string().trim().min(1).max(80),
  administrator: z.object({ username: usernameSchema, name: personNameSchema, password: passwordSchema }),
  meeting: z
    .object({ templateId: z.string(), title: z.string().trim().min(1).max(120), year: z.int().min(2013).max(2100) })
    .optional(),
});
export type SetupBody = z.infer<typeof setupBody>;
