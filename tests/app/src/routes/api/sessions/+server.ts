import type { RequestHandler } from '@sveltejs/kit';
import { sessions } from '../../../lib/server/auth.js';
import { callByName } from '../../../lib/server/call.js';

export const POST: RequestHandler = ({ request }) => callByName(sessions, request);
