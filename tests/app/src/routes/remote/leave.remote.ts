import { command, form } from '$app/server';
import { signOut } from '../../lib/server/auth.js';

export const leaveByForm = form(async () => signOut());

export const leaveByCommand = command(async () => signOut({ redirect: false }));
