import type { Handle } from '@sveltejs/kit/hooks';
import { contender } from './contender.js';

export const handle: Handle = ({ event, resolve }) =>
	contender.pass(event, async () => resolve(event));
