import type { RequestHandler } from '@sveltejs/kit';
import { auth } from '../../../lib/server/auth.js';

export const GET: RequestHandler = async () => Response.json(await auth());
