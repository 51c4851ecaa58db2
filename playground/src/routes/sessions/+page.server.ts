import { sessions } from '#lib/server/auth';
import { describeDevice } from '#lib/server/device';
import { pathTo } from '#lib/server/paths';
import { requireSession } from '#lib/server/require-session';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const session = await requireSession(event);
	const list = await sessions.list();
	return {
		session,
		sessions: list
			.toSorted((a, b) => Number(b.current) - Number(a.current))
			.map((info) => ({ ...info, device: describeDevice(info.userAgent) })),
		here: pathTo('/sessions', event.url),
		ended: event.url.searchParams.get('ended')
	};
};
