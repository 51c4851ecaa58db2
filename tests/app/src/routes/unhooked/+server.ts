import type { RequestHandler } from '@sveltejs/kit';
import { signOut } from '../../lib/server/auth.js';

export const POST: RequestHandler = ({ cookies }) => signOut({ cookies });

export const PUT: RequestHandler = () => signOut();
