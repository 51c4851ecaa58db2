/**
 * The good news to show. With script the result of the sign-out says how many ended. Without, the
 * browser comes back with `?ended=<id>` or `?ended=others`, which is believed only if the list of
 * live sessions agrees.
 */
export function outcome(seen: {
	revoked: number | null;
	ended: string | null;
	ids: readonly string[];
}): string | null {
	const { revoked, ended, ids } = seen;
	if (revoked !== null) return count(revoked);
	if (ended === null) return null;
	if (ended === 'others') return ids.length === 1 ? 'Your other sessions have ended.' : null;
	return /^[0-9a-f]{64}$/.test(ended) && !ids.includes(ended) ? 'That session has ended.' : null;
}

function count(revoked: number): string {
	if (revoked === 0) return 'There was nothing left to end.';
	return revoked === 1 ? '1 session has ended.' : `${revoked} sessions have ended.`;
}
