/** The single values that bodies and replies are made of. */

import { z } from 'zod';
import { ROLES } from '../permissions/roles.ts';

export const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'not an id');
export const title = z.string().trim().min(1, 'needs some words').max(300);
export const personName = z.string().trim().min(1, 'needs a name').max(120);
export const passkeyName = z.string().trim().min(1, 'needs a name').max(120);
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email('not an e-mail address'));
export const isoDate = z.iso.date('choose a day');
export const time = z.number().int();
export const role = z.enum(ROLES);
export const token = z.string().min(20).max(200);
