import type { RequestHandler } from '@sveltejs/kit';
import { users } from '../../../lib/server/auth.js';
import { callByName } from '../../../lib/server/call.js';

export const POST: RequestHandler = ({ request }) => callByName(users, request);
