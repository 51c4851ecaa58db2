import type { MarkStore } from '../contract.js';
import type { Tables } from './tables.js';

export function memoryMarks({ marks }: Tables): MarkStore {
	return {
		async bump(key, ttl, by = 1) {
			const now = Date.now();
			const found = marks.get(key);
			const mark =
				found && found.expiresAt > now ? found : { count: 0, expiresAt: now + ttl * 1000 };
			const count = mark.count + by;
			marks.set(key, { ...mark, count });
			return count;
		},

		async deleteExpired(limit) {
			const now = Date.now();
			const expired = [...marks].filter(([, mark]) => mark.expiresAt <= now).slice(0, limit);
			for (const [key] of expired) marks.delete(key);
			return expired.length;
		}
	};
}
