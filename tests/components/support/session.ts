import type { Session, SessionInfo } from '../../../src/types.js';

export const session: Session = {
	id: 'a1',
	user: {
		id: 'u1',
		name: '2026-01-01T00:00:00.000Z',
		email: 'ada@b.example',
		image: null,
		emailVerified: true,
		data: { born: '1815-12-10T00:00:00.000Z' }
	},
	provider: 'password',
	createdAt: new Date('2026-11-01T10:00:00.000Z'),
	lastActiveAt: new Date('2026-11-02T10:00:00.000Z'),
	expiresAt: new Date('2026-11-09T10:00:00.000Z'),
	authTime: new Date('2026-11-01T09:59:59.000Z')
};

export const sessionInfo: SessionInfo = {
	id: 'a1',
	current: true,
	provider: 'password',
	createdAt: session.createdAt,
	lastActiveAt: session.lastActiveAt,
	expiresAt: session.expiresAt,
	userAgent: 'A browser',
	ip: null
};

/** As it travels. */
export const sent: unknown = JSON.parse(JSON.stringify(session));
